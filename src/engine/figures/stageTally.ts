import type { StageSpans } from "../worker/laneProtocol.ts";

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
  workMs = 0;
  wallMs = 0;
  createMs = 0;
  asynchronous = false;
  /** Work of each block, `finish` left out. */
  readonly blocks = new Times();

  add(spans: StageSpans): void {
    const { starts, ends, waits, finishes } = spans;
    this.createMs += spans.createMs;
    this.calls += starts.length;
    this.asynchronous ||= waits !== null;
    for (let call = 0; call < starts.length; call++) {
      const wall = (ends[call] ?? 0) - (starts[call] ?? 0);
      const work = Math.max(0, wall - (waits?.[call] ?? 0));
      this.wallMs += wall;
      this.workMs += work;
      if (call < starts.length - finishes) this.blocks.push(work);
    }
  }
}
