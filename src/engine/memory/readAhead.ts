import type { Frames } from "../../core/units.ts";

/** Ten minutes at 16 kHz (requirement V11), over all workers. */
export const MOST_READ_AHEAD: Frames = 9_600_000;
/** One minute at 16 kHz. */
export const LEAST_READ_AHEAD: Frames = 960_000;

/** How much may be between being read and having gone through all stages. Values never depend on it. */
export class ReadAhead {
  #frames = MOST_READ_AHEAD;
  #onDrop: (() => void) | undefined;

  get frames(): Frames {
    return this.#frames;
  }

  /** False where it was the least already. */
  halve(): boolean {
    const before = this.#frames;
    this.#frames = Math.max(LEAST_READ_AHEAD, before / 2);
    return this.#frames < before;
  }

  /** The least from now on, and what waits unread by any stage is given up, to be read again. */
  drop(): void {
    this.#frames = LEAST_READ_AHEAD;
    this.#onDrop?.();
  }

  /** @param drop called by `drop`, until the pass that set it is over */
  whileReading(drop: (() => void) | undefined): void {
    this.#onDrop = drop;
  }
}
