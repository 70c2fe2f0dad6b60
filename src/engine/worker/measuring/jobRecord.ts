import type { Milliseconds } from "../../../core/units.ts";
import type { JobResult } from "../lane/laneProtocol.ts";
import type { SpanRecorder } from "./spanRecorder.ts";

/** What a job measured of its blocks. */
export type MeasuredBlocks = Pick<JobResult, "spans" | "blockMs" | "blockStarts" | "notNumbers">;

/** The times of a job's calls and blocks, which are taken once at its end, or part by part while it goes on. */
export class JobRecord {
  /** By stage. */
  readonly spans: ReadonlyMap<number, SpanRecorder>;
  readonly #blockMs: Float64Array<ArrayBuffer>;
  readonly #blockStarts: Float64Array<ArrayBuffer>;
  #taken = 0;
  #done = 0;
  notNumbers = 0;

  /** @param blocks how many the job has */
  constructor(blocks: number, spans: ReadonlyMap<number, SpanRecorder>) {
    this.spans = spans;
    this.#blockMs = new Float64Array(blocks);
    this.#blockStarts = new Float64Array(blocks);
  }

  /** How many blocks are through. */
  get done(): number {
    return this.#done;
  }

  begin(start: Milliseconds): void {
    this.#blockStarts[this.#done] = start;
  }

  end(ms: Milliseconds): void {
    this.#blockMs[this.#done] = ms;
    this.#done += 1;
  }

  /** What came since the last time; of a block under way only its calls. */
  take(): MeasuredBlocks {
    const [from, to] = [this.#taken, this.#done];
    this.#taken = to;
    const { notNumbers } = this;
    this.notNumbers = 0;
    return {
      spans: [...this.spans.values()].map((recorder) => recorder.take()),
      blockMs: this.#blockMs.slice(from, to),
      blockStarts: this.#blockStarts.slice(from, to),
      notNumbers,
    };
  }
}
