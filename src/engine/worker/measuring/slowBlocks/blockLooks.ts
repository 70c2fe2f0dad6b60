import type { Milliseconds } from "../../../../core/units.ts";
import { now } from "../clock.ts";
import { CodeLog, NO_CODE, type CodeChanges } from "./codeLog.ts";
import { RunQueue } from "./runQueue.ts";

/** What was seen after a block, since the look before it. */
export interface BlockLook extends CodeChanges {
  /** In the job, from 0. */
  readonly block: number;
  readonly waitedMs: Milliseconds;
}

/** A block that took so much longer than usual is looked at when it ends. */
const SLOW = 1.3;
/** Otherwise so often, so that what a look finds is of the block before it or of nearly none. */
const LOOK_EVERY_MS: Milliseconds = 2;
/** By so much the usual time is corrected at each block: it follows the quicker third, so that a slow half doesn't lift it. */
const UP = 1.02;
const DOWN = 1.05;

/** Looks at what could have slowed a block, as soon as one was slow. */
export class BlockLooks {
  readonly #queue: Pick<RunQueue, "waited">;
  readonly #code: CodeLog | null;
  #usual: Milliseconds = 0;
  #waited: Milliseconds;
  #nextAt: Milliseconds = -Infinity;
  #lookedAt: Milliseconds = 0;
  /** In blocks since then. */
  #inBlocks: Milliseconds = 0;
  #looks: BlockLook[] = [];
  #ms: Milliseconds = 0;

  /** @param logs the folder in which V8 logs; null: it doesn't @param ownUrl of the profiler's code */
  constructor(logs: string | null, ownUrl: string, queue: Pick<RunQueue, "waited"> = new RunQueue()) {
    this.#queue = queue;
    this.#code = logs === null ? null : new CodeLog(logs, ownUrl);
    this.#waited = this.#queue.waited ?? 0;
  }

  /** Another pass begins: what came before it is of no block. */
  restart(): void {
    this.#usual = 0;
    this.#looks = [];
  }

  /** Blocks come; what was between the jobs is of none. */
  begin(): void {
    this.#waited = this.#queue.waited ?? 0;
    this.#lookedAt = now();
    this.#inBlocks = 0;
    this.#code?.take();
    this.#code?.listen();
  }

  end(): void {
    this.#code?.rest();
  }

  after(block: number, ms: Milliseconds, end: Milliseconds): void {
    this.#usual = this.#usualAfter(ms);
    this.#inBlocks += ms;
    if (ms < SLOW * this.#usual && end < this.#nextAt) return;
    this.#nextAt = end + LOOK_EVERY_MS;
    const began = now();
    const waited = this.#queue.waited ?? 0;
    const code = this.#code?.take() ?? NO_CODE;
    // What passed between the blocks is work or waiting of the profiler's: of that no stage is slow.
    const between = end - this.#lookedAt - this.#inBlocks;
    const waitedMs = Math.min(ms, Math.max(0, waited - this.#waited - between));
    if (waitedMs > 0 || code !== NO_CODE) this.#looks.push({ block, waitedMs, ...code });
    this.#waited = waited;
    this.#inBlocks = 0;
    this.#lookedAt = now();
    this.#ms += this.#lookedAt - began;
  }

  #usualAfter(ms: Milliseconds): Milliseconds {
    const usual = this.#usual;
    // The first calls say nothing of what is usual.
    if (usual === 0 || ms < usual / 2) return ms;
    return ms > usual ? usual * UP : usual / DOWN;
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
