import type { Run, StageFigures } from "../../core/run/run.ts";
import type { Measurements } from "../../core/run/measured/measurements.ts";
import type { StageMemoryFacts } from "../../core/run/measured/stageMemory.ts";
import { allocatorsOf, growthOf } from "../figures/memory/allocators.ts";
import { blockSizesOf } from "../figures/blocks/blockSizes.ts";
import type { PassRecord } from "../figures/pass/passRecord.ts";
import { slowBlocksOf } from "../figures/blocks/slowBlocks.ts";
import type { OutcomeParts } from "./outcome.ts";
import { overheadOf } from "./overhead.ts";

type Besides = Pick<
  Run,
  "measurements" | "stageMemory" | "collections" | "pool" | "blockSizes" | "slowBlocks" | "heap"
>;

/** What a run holds besides the times of stages and lines. */
export function measuredBesides(parts: OutcomeParts, stages: readonly StageFigures[]): Besides {
  const { measured, request, pipeline } = parts;
  const { timed } = measured;
  // Beside other runs no worker was alone.
  const alone = request.jobs === 1 ? (measured.alone ?? timed) : null;
  const hasBlocks = alone !== null && alone.blocks.all.sum > 0 && !alone.waited;
  return {
    measurements: measurementsOf(parts),
    stageMemory: request.measure.memory ? stageMemoryOf(parts) : null,
    collections: request.measure.collections
      ? timed.collections.figures(pipeline.stages.map(({ name }) => name))
      : null,
    heap: measured.heap instanceof Error ? null : measured.heap,
    pool: timed.pool.figures(timed.wallMs),
    blockSizes: hasBlocks
      ? blockSizesOf({ blockFrames: pipeline.blockFrames, log: alone.blocks }, measured.otherSizes)
      : [],
    slowBlocks: hasBlocks && request.measure.causes ? slowBlocksIn(alone, parts, stages) : null,
  };
}

function slowBlocksIn(
  alone: PassRecord,
  { measured, source, pipeline, table, names: { pathInRun } }: OutcomeParts,
  stages: readonly StageFigures[],
): Run["slowBlocks"] {
  return slowBlocksOf(alone.blocks, {
    repeated: measured.probed?.blocks ?? null,
    blockFrames: pipeline.blockFrames,
    sampleRate: source.sampleRate,
    stages: stages.map(({ name, block }) => ({ name, usualMs: block.p50 })),
    place: (line) => {
      const place = table.place(line);
      return place && { file: pathInRun(place.path), line: place.line };
    },
  });
}

function stageMemoryOf({
  measured,
  pipeline,
  source,
  table,
  names: { pathInRun },
}: OutcomeParts): StageMemoryFacts {
  const { timed, allocated } = measured;
  const names = pipeline.stages.map(({ name }) => name);
  const tally = timed.memory;
  // Few calls of a short pass are looked at; the other pass looks at all.
  if (allocated) tally.add(allocated);
  const worked = names.map((name, index) => ({
    name,
    calls: timed.stages[index]?.calls ?? 0,
    workMs: timed.stages[index]?.workMs ?? 0,
  }));
  return {
    stages: tally.figures(worked, timed.frames / source.sampleRate),
    functions: allocated ? allocatorsOf(allocated, table, names, pathInRun) : [],
    growth: allocated ? growthOf(allocated, names, source.sampleRate) : null,
  };
}

function measurementsOf(parts: OutcomeParts): Measurements {
  const { measure } = parts.request;
  return {
    clock: measure.clock,
    sampling: measure.sampling,
    samplingIntervalUs: measure.intervalMs * 1000,
    memory: measure.memory,
    collections: measure.collections,
    io: measure.io,
    counts: measure.counts,
    causes: measure.causes,
    overhead: overheadOf(parts),
  };
}
