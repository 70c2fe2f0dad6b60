import { Durations } from "../../../core/durations.ts";
import type { Milliseconds } from "../../../core/units.ts";
import type { StageSpans, StageWaits } from "../../worker/lane/laneProtocol.ts";

/** A call of a stage that returns promises: how long it waited may be corrected. */
interface AwaitedCall {
  readonly wall: Milliseconds;
  work: Milliseconds;
  readonly isBlock: boolean;
}

/** What a pass measured of one stage, summed over its jobs. */
export class StageTally {
  calls = 0;
  wallMs: Milliseconds = 0;
  createMs: Milliseconds = 0;
  asynchronous = false;
  #workMs: Milliseconds = 0;
  readonly #blocks = new Durations();
  /** By when they started. */
  readonly #awaited = new Map<number, AwaitedCall>();

  add(spans: StageSpans): void {
    const { starts, ends, waits, finishes } = spans;
    this.createMs += spans.createMs;
    this.asynchronous ||= waits !== null;
    this.calls += starts.length;
    for (let at = 0; at < starts.length; at++) {
      const start = starts[at] ?? 0;
      const wall = (ends[at] ?? 0) - start;
      const isBlock = at < starts.length - finishes;
      this.wallMs += wall;
      if (waits) {
        this.#awaited.set(start, { wall, work: Math.max(0, wall - (waits[at] ?? 0)), isBlock });
      } else {
        this.#workMs += wall;
        if (isBlock) this.#blocks.add(wall);
      }
    }
  }

  /** Replaces what was known of these calls' waits. */
  correctWaits({ starts, waits }: StageWaits): void {
    starts.forEach((start, at) => {
      const call = this.#awaited.get(start);
      if (call) call.work = Math.max(0, call.wall - (waits[at] ?? 0));
    });
  }

  get workMs(): Milliseconds {
    return [...this.#awaited.values()].reduce((sum, { work }) => sum + work, this.#workMs);
  }

  /** Work of each block, `finish` left out. */
  get blocks(): Durations {
    if (this.#awaited.size === 0) return this.#blocks;
    const awaited = [...this.#awaited.values()].filter(({ isBlock }) => isBlock);
    return this.#blocks.with(awaited.map(({ work }) => work));
  }
}
