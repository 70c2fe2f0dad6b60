import type { Milliseconds } from "../../../core/units.ts";

const FIRST_MS: Milliseconds = 20;
const EVERY_MS: Milliseconds = 500;

/** When a lane tells what it has measured: soon at first, because it may die early, then so often that not much is lost. */
export class PartTimes {
  #every = FIRST_MS;
  #last: Milliseconds | null = null;

  /** A pass begins. */
  restart(): void {
    this.#every = FIRST_MS;
    this.#last = null;
  }

  isDue(time: Milliseconds): boolean {
    this.#last ??= time;
    if (time - this.#last < this.#every) return false;
    this.#last = time;
    this.#every = Math.min(EVERY_MS, 2 * this.#every);
    return true;
  }
}
