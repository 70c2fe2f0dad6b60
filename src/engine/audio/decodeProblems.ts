import type { Seconds } from "../../core/units.ts";
import type { DecodeProblem } from "../../library/audio/audioFile.ts";

/** Where a file couldn't be decoded as it was written. */
export interface DecodeProblems {
  /** How many; what follows within a moment belongs to one. */
  readonly places: number;
  /** Null where there is none. */
  readonly first: DecodeProblem | null;
  /** The file ends before its sound does. */
  readonly endsEarly: boolean;
  /** How long the sound is as the file's header says; null where it doesn't. */
  readonly promised: Seconds | null;
}

export const NO_PROBLEMS: DecodeProblems = { places: 0, first: null, endsEarly: false, promised: null };

/** A frame that is cut in two is damaged, and the end comes behind it. */
const A_MOMENT: Seconds = 0.25;

/** Counts what a decoder tells, of which a damaged file may have a lot. */
export class DecodeProblemCount {
  #places = 0;
  #first: DecodeProblem | null = null;
  #last: DecodeProblem | null = null;
  /** Where the last place begins. */
  #begin: Seconds = -Infinity;

  add(problem: DecodeProblem): void {
    this.#first ??= problem;
    this.#last = problem;
    if (problem.time - this.#begin <= A_MOMENT) return;
    this.#places += 1;
    this.#begin = problem.time;
  }

  /** @param decoded how long the sound is that was decoded */
  whenDone(decoded: Seconds, promised: Seconds | null): DecodeProblems {
    const isShort = promised === null || decoded < promised;
    const endsEarly = isShort && this.#last?.isEnd === true;
    return { places: this.#places, first: this.#first, endsEarly, promised };
  }
}
