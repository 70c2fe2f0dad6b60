import type { Milliseconds } from "../../src/core/units.ts";
import type { Benchmark } from "../bench.ts";
import { boundedFigure, plainFigure, unmeasuredFigure, worst, type Figure } from "../report/figure.ts";
import { markedRun, WORKERS, type MarkedRun } from "./markedRun.ts";
import { sampleSpans } from "./sampleSpans.ts";

/** Of the sampler in a pass that is timed, too. */
const TIMED_INTERVAL: Milliseconds = 1;

/**
 * Whether samples, spans and collections lie on one time axis, in all workers: within one sampling interval. What
 * happened when is told by code of the benchmark's own, by the system's clock, which all threads share.
 */
export const clock: Benchmark = async (setting) => {
  setting.say("samples beside spans");
  const samples = await sampleSpans(setting.extent, WORKERS);
  setting.say("spans and collections beside the pipeline's own clock");
  return [
    ...samples.map(({ offMs, samples: count, intervalMs }, worker) =>
      within(`samples beside spans: worker ${worker + 1}, mean of ${count}`, offMs, intervalMs),
    ),
    ...figuresOfRun(await markedRun(setting)),
  ];
};

function figuresOfRun({ workers, spansMs, collections }: MarkedRun): Figure[] {
  const offMs = collections && collections.length > 0 ? worst(collections) : null;
  return [
    plainFigure("workers that were one thread each", workers, "workers"),
    figureOf(`spans beside the pipeline's own clock, at most, ${WORKERS} workers`, spansMs, "timeline"),
    figureOf(`collections outside of the pipeline's wait for them, worst`, offMs, "collections"),
  ];
}

function figureOf(name: string, offMs: Milliseconds | null, field: string): Figure {
  return offMs === null
    ? unmeasuredFigure(name, "ms", boundOf(TIMED_INTERVAL), `the run has no ${field}`)
    : within(name, offMs, TIMED_INTERVAL);
}

const within = (name: string, offMs: Milliseconds, intervalMs: Milliseconds): Figure =>
  boundedFigure(name, offMs, "ms", boundOf(intervalMs), offMs <= intervalMs);

const boundOf = (intervalMs: Milliseconds): string => `≤ ${intervalMs} ms, one interval`;
