import type { Durations } from "./durations.ts";
import type { Histogram, Percentiles } from "./run/measured/times.ts";

/** The nearest-rank percentile of sorted values; 0 of none. @param p 0–1 */
export function percentile(sorted: ArrayLike<number>, p: number): number {
  const rank = Math.max(1, Math.ceil(p * sorted.length));
  return sorted[rank - 1] ?? 0;
}

/** The nearest-rank median, in any order; 0 of none. */
export const median = (values: Iterable<number>): number =>
  percentile(
    [...values].sort((a, b) => a - b),
    0.5,
  );

/** What has the largest value, the first of equals; undefined of none. */
export const largestOf = <K>(values: Iterable<readonly [K, number]>): K | undefined =>
  [...values].toSorted(([, a], [, b]) => b - a)[0]?.[0];

export const percentilesOf = (times: Durations): Percentiles => ({
  p50: times.percentile(0.5),
  p99: times.percentile(0.99),
  max: times.most,
});

const BINS = 48;

/** Bins of equal ratio from the fastest to the slowest, because a late block may take a hundred times the usual; none of none. */
export function histogramOf(times: Durations): Histogram {
  if (times.count === 0) return { edgesMs: [], counts: [] };
  const least = Math.max(1e-6, times.least);
  const most = Math.max(least * 1.01, times.most);
  const step = Math.log(most / least) / BINS;
  const counts = Array<number>(BINS).fill(0);
  for (const [time, count] of times.counted()) {
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor(Math.log(time / least) / step)));
    counts[bin] = (counts[bin] ?? 0) + count;
  }
  return { edgesMs: Array.from({ length: BINS + 1 }, (_, edge) => least * Math.exp(step * edge)), counts };
}

const Z_95 = 1.96;

/** Half-width of the 95 % interval of a binomial share (normal approximation); 1 of no trials. */
export function shareError(share: number, trials: number): number {
  return trials > 0 ? Z_95 * Math.sqrt((share * (1 - share)) / trials) : 1;
}
