import type { StageSpans } from "../lane/laneProtocol.ts";

/** The times of one stage's calls in one job. Its arrays are as long as the calls that can come, so adding costs two writes. */
export class SpanRecorder {
  readonly #stage: number;
  readonly #starts: Float64Array<ArrayBuffer>;
  readonly #ends: Float64Array<ArrayBuffer>;
  #waits: Float64Array<ArrayBuffer> | null = null;
  #count = 0;
  #finishes = 0;
  createMs = 0;

  /** @param calls how many may come at most, finish among them */
  constructor(stage: number, calls: number) {
    this.#stage = stage;
    this.#starts = new Float64Array(calls);
    this.#ends = new Float64Array(calls);
  }

  add(start: number, end: number): void {
    this.#starts[this.#count] = start;
    this.#ends[this.#count] = end;
    this.#count += 1;
  }

  /** @param waited of the time between start and end, ms in which the thread had nothing to do */
  addAwaited(start: number, end: number, waited: number): void {
    this.#waits ??= new Float64Array(this.#starts.length);
    this.#waits[this.#count] = waited;
    this.add(start, end);
  }

  /** The call added last was `finish`, not a block. */
  markFinish(): void {
    this.#finishes += 1;
  }

  /** Those since the last time. */
  take(): StageSpans {
    const taken = {
      stage: this.#stage,
      starts: this.#starts.slice(0, this.#count),
      ends: this.#ends.slice(0, this.#count),
      waits: this.#waits?.slice(0, this.#count) ?? null,
      createMs: this.createMs,
      finishes: this.#finishes,
    };
    this.#waits?.fill(0, 0, this.#count);
    this.#count = 0;
    this.#finishes = 0;
    this.createMs = 0;
    return taken;
  }
}
