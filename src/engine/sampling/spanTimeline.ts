/** One stage call, in ms on the worker's clock. */
export interface StageSpan {
  readonly stage: number;
  readonly start: number;
  readonly end: number;
  readonly awaited: boolean;
}

const CHUNK = 2 ** 14;

interface Chunk {
  readonly starts: Float64Array;
  readonly durations: Float32Array;
  /** The stage; one's complement of it where the call was awaited. */
  readonly stages: Int16Array;
}

/** All stage calls under the sampler, in order: 14 bytes each, because an hour may hold millions. */
export class SpanTimeline {
  readonly #chunks: Chunk[] = [];
  length = 0;

  static of(spans: Iterable<StageSpan>): SpanTimeline {
    const timeline = new SpanTimeline();
    for (const { stage, start, end, awaited } of spans) timeline.push(stage, start, end, awaited);
    return timeline;
  }

  push(stage: number, start: number, end: number, awaited: boolean): void {
    const at = this.length % CHUNK;
    if (at === 0)
      this.#chunks.push({
        starts: new Float64Array(CHUNK),
        durations: new Float32Array(CHUNK),
        stages: new Int16Array(CHUNK),
      });
    const chunk = this.#chunks.at(-1);
    if (!chunk) return;
    chunk.starts[at] = start;
    chunk.durations[at] = end - start;
    chunk.stages[at] = awaited ? ~stage : stage;
    this.length += 1;
  }

  at(index: number): StageSpan | undefined {
    if (index >= this.length) return undefined;
    const chunk = this.#chunks[Math.floor(index / CHUNK)];
    const at = index % CHUNK;
    const start = chunk?.starts[at] ?? 0;
    const code = chunk?.stages[at] ?? 0;
    const awaited = code < 0;
    return { stage: awaited ? ~code : code, start, end: start + (chunk?.durations[at] ?? 0), awaited };
  }

  *[Symbol.iterator](): Generator<StageSpan> {
    for (let index = 0; index < this.length; index++) {
      const span = this.at(index);
      if (span) yield span;
    }
  }
}
