import type { Milliseconds } from "../../../core/units.ts";
import { now } from "./clock.ts";
import { DeoptLog, type Deoptimisation } from "./deoptLog.ts";
import { RunQueue } from "./runQueue.ts";

/** What was seen after a block, since the look before it. */
export interface BlockLook {
  /** In the job, from 0. */
  readonly block: number;
  readonly waitedMs: Milliseconds;
  readonly deoptimisations: readonly Deoptimisation[];
}

/** A block that took so much longer than usual is looked at when it ends. */
const SLOW = 1.3;
/** Otherwise so often, so that what a look finds is of the block before it or of nearly none. */
const LOOK_EVERY_MS: Milliseconds = 10;
/** By so much the usual time is corrected at each block: it follows the median. */
const STEP = 1.05;

/** Looks at what could have slowed a block, as soon as one was slow. */
export class BlockLooks {
  readonly #queue = new RunQueue();
  readonly #deopts: DeoptLog | null;
  #usual: Milliseconds = 0;
  #waited: Milliseconds;
  #nextAt: Milliseconds = -Infinity;
  #looks: BlockLook[] = [];
  #ms: Milliseconds = 0;

  /** @param logs the folder in which V8 logs; null: it doesn't @param ownUrl of the profiler's code */
  constructor(logs: string | null, ownUrl: string) {
    this.#deopts = logs === null ? null : new DeoptLog(logs, ownUrl);
    this.#waited = this.#queue.waited ?? 0;
  }

  /** Another pass begins: what came before it is of no block. */
  restart(): void {
    this.#usual = 0;
    this.#waited = this.#queue.waited ?? 0;
    this.#deopts?.take();
    this.#looks = [];
  }

  after(block: number, ms: Milliseconds, end: Milliseconds): void {
    this.#usual = this.#usual === 0 ? ms : ms > this.#usual ? this.#usual * STEP : this.#usual / STEP;
    if (ms < SLOW * this.#usual && end < this.#nextAt) return;
    this.#nextAt = end + LOOK_EVERY_MS;
    const began = now();
    const waited = this.#queue.waited ?? 0;
    const deoptimisations = this.#deopts?.take() ?? [];
    if (waited > this.#waited || deoptimisations.length > 0)
      this.#looks.push({ block, waitedMs: waited - this.#waited, deoptimisations });
    this.#waited = waited;
    this.#ms += now() - began;
  }

  /** What looking has cost since the last time. */
  takeCost(): Milliseconds {
    const cost = this.#ms;
    this.#ms = 0;
    return cost;
  }

  /** Those since the last time. */
  take(): readonly BlockLook[] {
    const looks = this.#looks;
    this.#looks = [];
    return looks;
  }
}
