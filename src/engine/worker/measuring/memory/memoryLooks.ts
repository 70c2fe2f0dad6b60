import type { Bytes, Milliseconds, Share } from "../../../../core/units.ts";
import { now } from "../clock.ts";

/** What calls of one stage changed, one place per call that was looked at. */
export interface LaneMemoryLooks {
  readonly stage: number;
  /** When the call began and ended, to leave out those that a collection came into. */
  readonly starts: readonly Milliseconds[];
  readonly ends: readonly Milliseconds[];
  readonly heap: readonly Bytes[];
  /** Array buffers left out. */
  readonly external: readonly Bytes[];
  readonly arrayBuffers: readonly Bytes[];
  /** The most that was held after one of them: heap, external and array buffers. */
  readonly peak: Bytes;
}

interface Held {
  readonly heap: Bytes;
  readonly external: Bytes;
  readonly arrayBuffers: Bytes;
}

interface Looks {
  readonly starts: Milliseconds[];
  readonly ends: Milliseconds[];
  readonly heap: Bytes[];
  readonly external: Bytes[];
  readonly arrayBuffers: Bytes[];
  peak: Bytes;
}

/** Of the time, at most so much goes into looking. */
const MOST_COST: Share = 0.005;
/** Nothing more is learnt from more calls, and a run of an hour would hold them all. */
const MOST_LOOKS = 20_000;

/** Taken before any pipeline is loaded: one may replace it. */
export const memoryUsage = process.memoryUsage.bind(process);

/** Looks at this thread's memory around the calls of some blocks: a look takes as long as a short call. */
export class MemoryLooks {
  readonly #mostCost: Share;
  readonly #stages = new Map<number, Looks>();
  #nextAt: Milliseconds = -Infinity;
  #blockBegan: Milliseconds = 0;
  #looks = 0;
  /** What looking has cost in the job under way. */
  ms: Milliseconds = 0;
  /** Whether the calls of the block under way are looked at. */
  isLooking = false;

  /** @param mostCost of the time; 1 looks at all calls */
  constructor(mostCost = MOST_COST) {
    this.#mostCost = mostCost;
  }

  beginBlock(): void {
    this.#blockBegan = now();
    this.isLooking = this.#blockBegan >= this.#nextAt && this.#looks < MOST_LOOKS;
  }

  look(): Held {
    const began = now();
    const { heapUsed, external, arrayBuffers } = memoryUsage();
    this.ms += now() - began;
    this.#looks += 1;
    return { heap: heapUsed, external: external - arrayBuffers, arrayBuffers };
  }

  add(stage: number, start: Milliseconds, end: Milliseconds, before: Held): void {
    const after = this.look();
    const looks = this.#looksOf(stage);
    looks.starts.push(start);
    looks.ends.push(end);
    looks.heap.push(after.heap - before.heap);
    looks.external.push(after.external - before.external);
    looks.arrayBuffers.push(after.arrayBuffers - before.arrayBuffers);
    looks.peak = Math.max(looks.peak, after.heap + after.external + after.arrayBuffers);
  }

  /** The next look comes when this one's cost has become small beside the time. */
  endBlock(costBefore: Milliseconds): void {
    if (this.isLooking) this.#nextAt = this.#blockBegan + (this.ms - costBefore) / this.#mostCost;
    this.isLooking = false;
  }

  /** Since the last time. */
  takeCost(): Milliseconds {
    const cost = this.ms;
    this.ms = 0;
    return cost;
  }

  /** Those since the last time. */
  take(): readonly LaneMemoryLooks[] {
    const taken = [...this.#stages].map(([stage, looks]) => ({ stage, ...looks }));
    this.#stages.clear();
    return taken;
  }

  #looksOf(stage: number): Looks {
    let looks = this.#stages.get(stage);
    if (!looks) {
      looks = { starts: [], ends: [], heap: [], external: [], arrayBuffers: [], peak: 0 };
      this.#stages.set(stage, looks);
    }
    return looks;
  }
}
