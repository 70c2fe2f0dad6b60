import type { MemoryEvent, MemoryFacts } from "../../core/run/run.ts";
import type { Bytes, Milliseconds } from "../../core/units.ts";
import type { ReadAhead } from "./readAhead.ts";

export interface MemoryWatchOptions {
  /** Above it less is read ahead. */
  readonly highWater: Bytes;
  /** Above it everything that can be given up is. */
  readonly critical: Bytes;
  readonly readAhead: ReadAhead;
  /** When the run began, from which events count. */
  readonly beganAt: Milliseconds;
  /** Gives up what isn't needed: caches, garbage. */
  cleanUp(): void;
}

/** What was read before has to go through before another look can tell whether it helped. */
const SETTLES_MS: Milliseconds = 500;
/** So many are kept; memory that swings about the mark for an hour says no more than that. */
const MOST_EVENTS = 50;

const MB = 2 ** 20;

/** Watches over the engine's memory (requirement V11), for the length of a run. */
export class MemoryWatch {
  readonly #options: MemoryWatchOptions;
  readonly #events: MemoryEvent[] = [];
  #peak: Bytes = 0;
  #settledAt = -Infinity;
  #isCritical = false;

  constructor(options: MemoryWatchOptions) {
    this.#options = options;
  }

  /**
   * About ten times a second.
   *
   * @param held by the engine and its workers
   * @param children by what they started: nothing that could be given up makes it less
   */
  look(held: Bytes, children: Bytes = 0, now = performance.now()): void {
    const { highWater, critical, readAhead } = this.#options;
    this.#peak = Math.max(this.#peak, held + children);
    const wasCritical = this.#isCritical;
    this.#isCritical = held > critical;
    if (this.#isCritical && !wasCritical) {
      readAhead.drop();
      this.#options.cleanUp();
      this.#note("critical", held, now);
    } else if (held > highWater && now >= this.#settledAt && readAhead.halve()) {
      this.#settledAt = now + SETTLES_MS;
      this.#note("high-water", held, now);
    }
  }

  get facts(): MemoryFacts {
    const { highWater, critical, readAhead } = this.#options;
    return {
      peakMB: this.#peak / MB,
      highWaterMB: highWater / MB,
      criticalMB: critical / MB,
      readAheadFrames: readAhead.frames,
      events: [...this.#events],
    };
  }

  #note(kind: MemoryEvent["kind"], held: Bytes, now: Milliseconds): void {
    if (this.#events.length >= MOST_EVENTS) return;
    this.#events.push({
      kind,
      atMs: now - this.#options.beganAt,
      residentMB: held / MB,
      readAheadFrames: this.#options.readAhead.frames,
    });
  }
}
