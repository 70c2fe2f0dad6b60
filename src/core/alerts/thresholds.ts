import type { Seconds } from "../units.ts";

/** What a run must keep, as the settings say; null: not looked at. */
export interface Thresholds {
  readonly cpuPercent: number | null;
  readonly memoryMB: number | null;
  /** Elapsed, for a minute of audio. */
  readonly secondsPerMinute: Seconds | null;
  readonly ioWaitPercent: number | null;
}

export const NO_THRESHOLDS: Thresholds = {
  cpuPercent: null,
  memoryMB: null,
  secondsPerMinute: null,
  ioWaitPercent: null,
};

export const looksAtNothing = (thresholds: Thresholds): boolean =>
  Object.values(thresholds).every((limit) => limit === null);
