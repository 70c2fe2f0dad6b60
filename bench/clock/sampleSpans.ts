import { Worker } from "node:worker_threads";
import type { Microseconds, Milliseconds } from "../../src/core/units.ts";
import type { BenchmarkSetting } from "../bench.ts";

/** As in the pass that is there for the samples. */
const INTERVAL_US: Microseconds = 100;
const SPAN_MS: Milliseconds = 2;
const SPANS = { quick: 250, usual: 4000, full: 40_000 };

export interface SampledSpans {
  readonly samples: number;
  readonly intervalMs: Milliseconds;
  /** By how much the axes differ. */
  readonly offMs: Milliseconds;
}

/** What an `alternating.ts` is told. */
export interface AlternatingTask {
  readonly intervalUs: Microseconds;
  readonly spanMs: Milliseconds;
  readonly spans: number;
}

/** What it answers: samples in the span of the function that they name, and in the other one's. */
export interface Joined {
  readonly right: number;
  readonly wrong: number;
}

/**
 * The engine's sampler in some threads at once, each with two functions that take turns. It joins their samples to spans
 * by time alone. If the axes differed by d, all samples within d of one end of a span would fall into the span of the other
 * function: d is the part of wrong ones times a span's length.
 */
export async function sampleSpans(
  extent: BenchmarkSetting["extent"],
  threads: number,
): Promise<SampledSpans[]> {
  const task: AlternatingTask = { intervalUs: INTERVAL_US, spanMs: SPAN_MS, spans: SPANS[extent] };
  const joined = await Promise.all(Array.from({ length: threads }, () => alternateInThread(task)));
  return joined.map(({ right, wrong }) => ({
    samples: right + wrong,
    intervalMs: INTERVAL_US / 1000,
    offMs: right + wrong > 0 ? (wrong / (right + wrong)) * SPAN_MS : Infinity,
  }));
}

function alternateInThread(task: AlternatingTask): Promise<Joined> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("alternating.ts", import.meta.url), { workerData: task });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}
