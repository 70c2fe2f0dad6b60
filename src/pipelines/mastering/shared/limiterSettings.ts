import type { Parameters } from "waveflame";
import { booleanOf, numberOf } from "../../shared/parameters.ts";
import { lookaheadFrames } from "./lookahead.ts";

export const LIMITER = {
  ceilingDb: -1,
  lookaheadMs: 5,
  releaseMs: 50,
  /** Looks between the samples, too. */
  truePeak: true,
};

export interface LimiterSettings extends Readonly<typeof LIMITER> {
  readonly latencyFrames: number;
}

/** With less the gain would move while a true peak passes. */
const SHORTEST_FOR_TRUE_PEAKS = 40;

/** @throws TypeError or RangeError for a parameter that makes no limiter */
export function limiterSettings(parameters: Parameters, sampleRate: number): LimiterSettings {
  const truePeak = booleanOf(parameters, "truePeak");
  const latencyFrames = lookaheadFrames({ parameters, sampleRate });
  if (truePeak && latencyFrames < SHORTEST_FOR_TRUE_PEAKS)
    throw new RangeError(
      `A lookahead of ${latencyFrames} frames is too short for true peaks: give lookaheadMs ${SHORTEST_FOR_TRUE_PEAKS} frames or more, or truePeak false`,
    );
  return {
    ceilingDb: numberOf(parameters, "ceilingDb"),
    lookaheadMs: numberOf(parameters, "lookaheadMs", 0),
    releaseMs: numberOf(parameters, "releaseMs", 0),
    truePeak,
    latencyFrames,
  };
}
