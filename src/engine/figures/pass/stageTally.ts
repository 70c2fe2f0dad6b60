import { Durations } from "../../../core/durations.ts";
import type { Milliseconds } from "../../../core/units.ts";
import type { StageSpans, StageWaits } from "../../worker/lane/laneProtocol.ts";

/** A call of a stage that returned a promise: how long it waited may be corrected. */
interface AwaitedCall {
  readonly wall: Milliseconds;
  readonly work: Milliseconds;
  readonly isBlock: boolean;
}

/** More than a lane lets come together before it corrects them. What is older was never sampled, and stays as it is. */
const MOST_AWAITED = 2 ** 18;

/** What a pass measured of one stage, summed over its jobs: of no call more than its time in the percentiles is kept. */
export class StageTally {
  calls = 0;
  wallMs: Milliseconds = 0;
  createMs: Milliseconds = 0;
  asynchronous = false;
  #workMs: Milliseconds = 0;
  readonly #blocks = new Durations();
  /** Those that may still be corrected, by when they started. */
  readonly #awaited = new Map<number, AwaitedCall>();

  /** @param corrected what is known better of the waits of these calls, and of earlier ones, in order of time */
  add(spans: StageSpans, corrected: readonly StageWaits[] = []): void {
    const { starts, ends, waits, finishes } = spans;
    this.createMs += spans.createMs;
    this.asynchronous ||= waits !== null;
    this.calls += starts.length;
    for (let at = 0; at < starts.length; at++) {
      const wall = (ends[at] ?? 0) - (starts[at] ?? 0);
      const isBlock = at < starts.length - finishes;
      this.wallMs += wall;
      if (waits)
        this.#awaited.set(starts[at] ?? 0, { wall, work: Math.max(0, wall - (waits[at] ?? 0)), isBlock });
      else this.#settle(wall, isBlock);
    }
    for (const one of corrected) this.correctWaits(one);
    for (const [start, { work, isBlock }] of this.#awaited) {
      if (this.#awaited.size <= MOST_AWAITED) break;
      this.#awaited.delete(start);
      this.#settle(work, isBlock);
    }
  }

  /** Replaces what was known of these calls' waits. */
  correctWaits({ starts, waits }: StageWaits): void {
    starts.forEach((start, at) => {
      const call = this.#awaited.get(start);
      if (!call) return;
      this.#awaited.delete(start);
      this.#settle(Math.max(0, call.wall - (waits[at] ?? 0)), call.isBlock);
    });
  }

  #settle(work: Milliseconds, isBlock: boolean): void {
    this.#workMs += work;
    if (isBlock) this.#blocks.add(work);
  }

  get workMs(): Milliseconds {
    let sum = this.#workMs;
    for (const { work } of this.#awaited.values()) sum += work;
    return sum;
  }

  /** Work of each block, `finish` left out. */
  get blocks(): Durations {
    if (this.#awaited.size === 0) return this.#blocks;
    const awaited = [...this.#awaited.values()].filter(({ isBlock }) => isBlock);
    return this.#blocks.with(awaited.map(({ work }) => work));
  }
}
