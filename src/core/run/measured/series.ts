import type { Milliseconds } from "../../units.ts";
import { also, fields, list, number, type Check } from "../check.ts";
import { orUnknown, type OrUnknown } from "../orUnknown.ts";

/** The most points of a series: a longer run has coarser ones. */
export const MOST_POINTS = 1000;

/** What the run took of the machine over time: the engine's process with its workers and children. In columns. */
export interface TimeSeries {
  /** 100 until there would be more than a thousand points, then doubled as often as needed. */
  readonly everyMs: Milliseconds;
  /** Since the run began, at the end of each interval. */
  readonly atMs: readonly Milliseconds[];
  /** Of one core: 2 is two cores all the time. */
  readonly cpu: readonly number[];
  /** Resident at the most in the interval. */
  readonly memoryMB: readonly number[];
  readonly readMB: OrUnknown<readonly number[]>;
  readonly writtenMB: OrUnknown<readonly number[]>;
}

const unknownOr = orUnknown(list(number), "a list of numbers");

export const seriesShape: Check<TimeSeries> = also(
  fields<TimeSeries>({
    everyMs: number,
    atMs: list(number),
    cpu: list(number),
    memoryMB: list(number),
    readMB: unknownOr,
    writtenMB: unknownOr,
  }),
  (series) => {
    const wrong = (["cpu", "memoryMB", "readMB", "writtenMB"] as const).find(
      (name) => series[name] !== "unknown" && series[name].length !== series.atMs.length,
    );
    return wrong ? { path: `.${wrong}`, what: `isn't as long as "atMs"` } : null;
  },
);
