import type { Milliseconds } from "../../core/units.ts";
import type { StageSpans, StageWaits } from "../worker/laneProtocol.ts";

/** A list of times that grows. */
export class Times {
  #values = new Float64Array(1024);
  #count = 0;

  push(value: number): void {
    if (this.#count === this.#values.length) {
      const longer = new Float64Array(this.#count * 2);
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[this.#count] = value;
    this.#count += 1;
  }

  get values(): Float64Array {
    return this.#values.subarray(0, this.#count);
  }
}

/** What a pass measured of one stage, summed over its jobs. */
export class StageTally {
  calls = 0;
  wallMs = 0;
  createMs = 0;
  asynchronous = false;
  readonly #work = new Times();
  readonly #finishes = new Set<number>();
  readonly #awaited = new Map<number, { readonly call: number; readonly wall: number }>();

  add(spans: StageSpans): void {
    const { starts, ends, waits, finishes } = spans;
    this.createMs += spans.createMs;
    this.asynchronous ||= waits !== null;
    for (let at = 0; at < starts.length; at++) {
      const start = starts[at] ?? 0;
      const wall = (ends[at] ?? 0) - start;
      this.wallMs += wall;
      this.#work.push(Math.max(0, wall - (waits?.[at] ?? 0)));
      if (waits) this.#awaited.set(start, { call: this.calls, wall });
      if (at >= starts.length - finishes) this.#finishes.add(this.calls);
      this.calls += 1;
    }
  }

  /** Replaces what was known of these calls' waits. */
  correctWaits({ starts, waits }: StageWaits): void {
    starts.forEach((start, at) => {
      const known = this.#awaited.get(start);
      if (known) this.#work.values[known.call] = Math.max(0, known.wall - (waits[at] ?? 0));
    });
  }

  get workMs(): Milliseconds {
    return this.#work.values.reduce((sum, ms) => sum + ms, 0);
  }

  /** Work of each block, `finish` left out. */
  get blockMs(): Float64Array {
    return this.#work.values.filter((_, call) => !this.#finishes.has(call));
  }
}
