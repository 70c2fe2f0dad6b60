import type { LevelSummary } from "./levelSummary.ts";

/** An envelope's coefficients: what is kept of the old value in each frame. */
export interface Ballistics {
  readonly attack: number;
  readonly release: number;
  readonly averaging: number;
  /** How much of the level the root mean square makes up; the rest is the rectified signal. */
  readonly rmsShare: number;
}

/** Follows levels by them. */
export interface EnvelopeRunner {
  /** Without arrays in `levels` for the summary only. */
  process(input: readonly Float32Array[], levels: readonly Float32Array[], summary: LevelSummary): void;
}

/** What a limiter is made of, in frames and linear. */
export interface LimiterDesign {
  readonly channels: number;
  readonly ceiling: number;
  readonly latencyFrames: number;
  readonly holdFrames: number;
  readonly release: number;
  readonly truePeak: boolean;
}
