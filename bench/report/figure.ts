export { median } from "../../src/core/statistics.ts";

/** One measured number beside what it must reach. */
export interface Figure {
  readonly name: string;
  /** Null where it couldn't be measured. */
  readonly value: number | null;
  /** `ms`, `%`, `points`, `runs`, `×`. */
  readonly unit: string;
  /** Null where nothing is promised; so is `holds`, there and where nothing was measured. */
  readonly bound: string | null;
  readonly holds: boolean | null;
  /** Why there is no value; null where there is one. */
  readonly notMeasured: string | null;
}

export const plainFigure = (name: string, value: number, unit: string): Figure => ({
  name,
  value,
  unit,
  bound: null,
  holds: null,
  notMeasured: null,
});

export const boundedFigure = (
  name: string,
  value: number,
  unit: string,
  bound: string,
  holds: boolean,
): Figure => ({ name, value, unit, bound, holds, notMeasured: null });

/** A bound stays in the table where what it is held against is missing. */
export const unmeasuredFigure = (name: string, unit: string, bound: string, reason: string): Figure => ({
  name,
  value: null,
  unit,
  bound,
  holds: null,
  notMeasured: reason,
});

export const worst = (values: Iterable<number>): number => Math.max(0, ...values);
