import { percentile } from "../src/core/statistics.ts";

/** One measured number beside what it must reach. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** `ms`, `%`, `points`, `runs`, `×`. */
  readonly unit: string;
  /** Null where nothing is promised; so is `holds`. */
  readonly bound: string | null;
  readonly holds: boolean | null;
}

export const plainFigure = (name: string, value: number, unit: string): Figure => ({
  name,
  value,
  unit,
  bound: null,
  holds: null,
});

export const boundedFigure = (
  name: string,
  value: number,
  unit: string,
  bound: string,
  holds: boolean,
): Figure => ({ name, value, unit, bound, holds });

/** The nearest-rank median, in any order; 0 of none. */
export const median = (values: Iterable<number>): number =>
  percentile(
    [...values].sort((a, b) => a - b),
    0.5,
  );

export const worst = (values: Iterable<number>): number => Math.max(0, ...values);
