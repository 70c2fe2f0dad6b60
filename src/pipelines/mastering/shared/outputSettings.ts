import { fromDecibels, toDecibels, type Parameters } from "waveflame";
import { booleanOf, numberOf } from "../../shared/parameters.ts";

export const OUTPUT = {
  /** 0 is mono, 1 leaves the stereo image as it is, 2 doubles the difference of the channels. */
  width: 1,
  /** The level to reach, as far as the ceiling lets it. */
  rmsDb: -14,
  ceilingDb: -1,
  /** Holds the ceiling between the samples, too. */
  truePeak: true,
};

export type OutputSettings = Readonly<typeof OUTPUT>;

/** @throws ParameterError for a parameter that makes no output */
export const outputSettings = (parameters: Parameters): OutputSettings => ({
  width: numberOf(parameters, "width", 0),
  rmsDb: numberOf(parameters, "rmsDb"),
  ceilingDb: numberOf(parameters, "ceilingDb"),
  truePeak: booleanOf(parameters, "truePeak"),
});

/** What the whole sound shall be multiplied by, and what it then comes to. */
export interface OutputLevel {
  gainDb: number;
  rms: number;
  peak: number;
}

/**
 * The one gain that brings a sound to its level but no peak over the ceiling; none for silence.
 * @param squares the sum of all samples' squares
 */
export function outputLevel(
  { rmsDb, ceilingDb }: OutputSettings,
  squares: number,
  samples: number,
  peak: number,
): OutputLevel {
  if (!(peak > 0 && squares > 0)) return { gainDb: 0, rms: 0, peak: 0 };
  const rms = Math.sqrt(squares / samples);
  const wanted = fromDecibels(rmsDb) / rms;
  const possible = fromDecibels(ceilingDb) / peak;
  const gain = Math.min(wanted, possible);
  return { gainDb: toDecibels(gain), rms: gain * rms, peak: gain * peak };
}
