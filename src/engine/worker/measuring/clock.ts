import type { Microseconds } from "../../../core/units.ts";

/** Taken before any pipeline is loaded: one may replace `performance.now`. */
const { performance } = globalThis;

/** Milliseconds on a clock that all threads of the process share. */
export const now: () => number = performance.now.bind(performance);
const systemTime = process.hrtime.bigint.bind(process.hrtime);

/** What V8's profiler counts in, in µs. */
export const systemTimeUs = (): Microseconds => Number(systemTime()) / 1000;

const READINGS = 16;

/**
 * What makes a time of `now` one on the system's clock, in ms: processes count from where they began. Of some readings the
 * one between whose two halves least time went by.
 */
export function clockOffset(): number {
  const readings = Array.from({ length: READINGS }, () => -now() + Number(systemTime()) / 1e6);
  return Math.min(...readings);
}

const utilization = performance.eventLoopUtilization.bind(performance);

/** Milliseconds that this thread's event loop has waited for something to happen. */
export const idleTime = (): number => utilization().idle;
