import type { Seconds } from "../../core/units.ts";
import type { DecodeProblem } from "../../library/audio/audioFile.ts";

/** Where a file couldn't be decoded as it was written. */
export interface DecodeProblems {
  /** How many; what follows one at once belongs to it. */
  readonly places: number;
  /** Null where there is none. */
  readonly first: DecodeProblem | null;
  /** Nothing could be decoded behind the last one. */
  readonly endsEarly: boolean;
  /** How long the sound is as the file's header says; null where it doesn't. */
  readonly promised: Seconds | null;
}

export const NO_PROBLEMS: DecodeProblems = { places: 0, first: null, endsEarly: false, promised: null };

/** A frame that is cut in two is damaged, and the end comes behind it. */
const AT_ONCE: Seconds = 0.25;

/** Counts what a decoder tells, of which a damaged file may have a lot. */
export class DecodeProblemCount {
  #places = 0;
  #first: DecodeProblem | null = null;
  #last: Seconds = -Infinity;

  add(problem: DecodeProblem): void {
    this.#first ??= problem;
    if (problem.time - this.#last > AT_ONCE) this.#places += 1;
    this.#last = problem.time;
  }

  /** @param decoded how long the sound is that was decoded */
  whenDone(decoded: Seconds, promised: Seconds | null): DecodeProblems {
    return { places: this.#places, first: this.#first, endsEarly: this.#last === decoded, promised };
  }
}
