import type { Milliseconds } from "../../units.ts";
import { also, fields, list, number, wholeFrom, type Check, type Flaw } from "../check.ts";

/** Time per block. */
export interface Percentiles {
  readonly p50: Milliseconds;
  readonly p99: Milliseconds;
  readonly max: Milliseconds;
}

/** `counts[i]` blocks took from `edgesMs[i]` to `edgesMs[i + 1]`. */
export interface Histogram {
  readonly edgesMs: readonly Milliseconds[];
  readonly counts: readonly number[];
}

export const percentilesShape: Check<Percentiles> = fields<Percentiles>({
  p50: number,
  p99: number,
  max: number,
});

export const histogramShape: Check<Histogram> = also(
  fields<Histogram>({ edgesMs: list(number), counts: list(wholeFrom(0)) }),
  ({ edgesMs, counts }): Flaw | null =>
    edgesMs.length === (counts.length === 0 ? 0 : counts.length + 1)
      ? null
      : { path: ".edgesMs", what: "doesn't have one edge more than there are counts" },
);
