import type { Histogram, Percentiles } from "./run.ts";

/** The nearest-rank percentile of sorted values; 0 of none. @param p 0–1 */
export function percentile(sorted: ArrayLike<number>, p: number): number {
  const rank = Math.max(1, Math.ceil(p * sorted.length));
  return sorted[rank - 1] ?? 0;
}

/** @param times in ms, in any order */
export function percentilesOf(times: Float64Array): Percentiles {
  const sorted = times.slice().sort();
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), max: sorted.at(-1) ?? 0 };
}

const BINS = 40;

/** Forty equal bins from 0 to the slowest block; at least to `upTo`, so that a budget lies inside. */
export function histogramOf(times: Float64Array, upTo = 0): Histogram {
  const top = times.reduce((most, time) => Math.max(most, time), upTo) || 1;
  const counts = Array<number>(BINS).fill(0);
  for (const time of times) {
    const bin = Math.min(BINS - 1, Math.floor((time / top) * BINS));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { edgesMs: Array.from({ length: BINS + 1 }, (_, edge) => (top * edge) / BINS), counts };
}

const Z_95 = 1.96;

/** Half-width of the 95 % interval of a binomial share (normal approximation); 1 of no trials. */
export function shareError(share: number, trials: number): number {
  return trials > 0 ? Z_95 * Math.sqrt((share * (1 - share)) / trials) : 1;
}
