import { fromDecibels, type Block, type Parameters } from "waveflame";
import { numberOf } from "../../shared/parameters.ts";

export const OUTPUT = {
  /** 0 is mono, 1 leaves the stereo image as it is, 2 doubles the difference of the channels. */
  width: 1,
  /** The level to reach, as far as the ceiling lets it. */
  rmsDb: -14,
  ceilingDb: -1,
  /** Where a WAV file is written, counted from the recording's folder; nowhere where it is empty. */
  wav: "",
  /** Of the WAV file: 16, 24, or 32 for floats. */
  bits: 24,
};

/** The one gain that brings a sound to its level but no peak over the ceiling; 1 for silence. */
export function outputGain(parameters: Parameters, rms: number, peak: number): number {
  if (peak === 0) return 1;
  const wanted = fromDecibels(numberOf(parameters, "rmsDb")) / rms;
  const possible = fromDecibels(numberOf(parameters, "ceilingDb")) / peak;
  return Math.min(wanted, possible);
}

/** Makes a stereo sound wider or narrower, in place: the difference of the channels against their mean. */
export function widen({ channels, frames }: Block, width: number): void {
  const [left, right] = channels;
  if (!left || !right || channels.length !== 2 || width === 1) return;
  for (let frame = 0; frame < frames; frame++) {
    const l = left[frame] ?? 0;
    const r = right[frame] ?? 0;
    const middle = (l + r) / 2;
    const side = ((l - r) / 2) * width;
    left[frame] = middle + side;
    right[frame] = middle - side;
  }
}
