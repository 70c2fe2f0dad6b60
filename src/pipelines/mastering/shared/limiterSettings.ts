import type { Parameters } from "waveflame";
import { numberOf } from "../../shared/parameters.ts";
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

/** @throws TypeError for a parameter that makes no limiter */
export const limiterSettings = (parameters: Parameters, sampleRate: number): LimiterSettings => ({
  ceilingDb: numberOf(parameters, "ceilingDb"),
  lookaheadMs: numberOf(parameters, "lookaheadMs"),
  releaseMs: numberOf(parameters, "releaseMs"),
  truePeak: parameters["truePeak"] === true,
  latencyFrames: lookaheadFrames({ parameters, sampleRate }),
});
