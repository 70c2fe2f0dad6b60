import type { Base1Line, Frames, Seconds } from "../../units.ts";
import { fields, list, number, orNull, text, wholeFrom, type Check } from "../check.ts";

/**
 * How often things ran: exact, from a pass of its own over an excerpt, in a worker that is thrown away because counting
 * makes it slow for good.
 */
export interface Counts {
  /** The excerpt: every count is of it alone. */
  readonly startSeconds: Seconds;
  readonly frames: Frames;
  readonly lines: readonly LineCount[];
  readonly loops: readonly LoopCount[];
  readonly functions: readonly FunctionCount[];
  /** Where errors were caught, by catch clause or `.catch` callback. */
  readonly caught: readonly CaughtCount[];
}

interface CountedPlace {
  readonly file: string;
  readonly line: Base1Line;
  /** A name in `stages`. */
  readonly stage: string;
}

export interface LineCount extends CountedPlace {
  /** How often the line's first statement began. */
  readonly hits: number;
}

export interface LoopCount extends CountedPlace {
  readonly endLine: Base1Line;
  /** How often the loop was begun. */
  readonly entries: number;
  readonly iterations: number;
  /** Busy time of the loop with all that it calls, per iteration; null where no sample fell into it. */
  readonly nsPerIteration: number | null;
}

export interface FunctionCount extends CountedPlace {
  readonly name: string;
  readonly calls: number;
}

export interface CaughtCount extends CountedPlace {
  readonly times: number;
}

const count = wholeFrom(0);
const line = wholeFrom(1);
const place = { file: text, line, stage: text };

export const countsShape: Check<Counts> = fields<Counts>({
  startSeconds: number,
  frames: count,
  lines: list(fields<LineCount>({ ...place, hits: count })),
  loops: list(
    fields<LoopCount>({
      ...place,
      endLine: line,
      entries: count,
      iterations: count,
      nsPerIteration: orNull(number),
    }),
  ),
  functions: list(fields<FunctionCount>({ ...place, name: text, calls: count })),
  caught: list(fields<CaughtCount>({ ...place, times: count })),
});
