import { writeHeapSnapshot } from "node:v8";
import type { Bytes, Frames, Milliseconds } from "../../../../core/units.ts";
import { collectGarbage } from "../../../memory/collect.ts";
import { Board } from "../../lane/board.ts";
import type { JobResult, SegmentAudio } from "../../lane/laneProtocol.ts";
import { framesOf } from "../../lane/segmentAudio.ts";
import type { Emissions } from "../../stages/emissions.ts";
import type { RunnerResult, StageRunner } from "../../stages/stageRunner.ts";
import { now } from "../clock.ts";
import type { CollectionLog } from "./collectionLog.ts";
import { EXCERPT_JOB, partsOf } from "../excerptParts.ts";
import { HeapSampling, type LaneAllocation } from "./heapSampling.ts";
import { MemoryLooks, memoryUsage } from "./memoryLooks.ts";

export interface AllocationJob {
  readonly audio: SegmentAudio;
  /** The stages before it see blocks. */
  readonly to: number;
  /** For each of four rounds. */
  readonly roundMs: Milliseconds;
  /** Where the heap is written to after a stage; null: it isn't. */
  readonly heap: { readonly stage: number; readonly file: string } | null;
}

export interface Allocated {
  /** Every call of the first round. */
  readonly memory: JobResult["memory"];
  readonly collections: JobResult["collections"];
  /** Stages that changed a sample or emitted something; null where the excerpt is silent, which nothing has to change. */
  readonly withEffect: readonly number[] | null;
  /** Of one round. */
  readonly frames: Frames;
  readonly blocks: number;
  /** In a round: all that was allocated, and what was still held at its end. */
  readonly allocated: readonly LaneAllocation[];
  readonly held: readonly LaneAllocation[];
  /** After a collection, at the end of each of the last rounds; heap and array buffers. */
  readonly heldBytes: readonly Bytes[];
  readonly wallMs: Milliseconds;
}

interface Round {
  readonly frames: Frames;
  readonly blocks: number;
  readonly results: readonly RunnerResult[];
}

/** Runs an excerpt some rounds on end, in a lane of its own, to see what is allocated and what is kept. */
export async function measureAllocations(
  job: AllocationJob,
  runner: StageRunner,
  emissions: Emissions,
  collections: CollectionLog | null,
  board: Int32Array,
): Promise<Allocated> {
  const began = now();
  const heap = new HeapSampling();
  const memory = new MemoryLooks(1);
  let number = 0;
  runner.reset();
  const round = async (most: number, look: boolean): Promise<Round> => {
    const done = await once(job, number, most, runner, board, look ? memory : null);
    number += 1;
    return done;
  };
  const first = await round(Infinity, true);
  const paused = (await collections?.take()) ?? [];
  heap.start(true);
  await round(first.blocks, false);
  const allocated = heap.stop();
  const heldBytes = [heldAfterCollection(emissions)];
  heap.start(false);
  await round(first.blocks, false);
  heldBytes.push(heldAfterCollection(emissions));
  const held = heap.stop();
  await round(first.blocks, false);
  heldBytes.push(heldAfterCollection(emissions));
  if (job.heap) await writeHeap(job, job.heap, number, runner);
  return {
    memory: first.results.flatMap((result) => result.memory),
    collections: paused,
    withEffect: effectsIn(first),
    frames: first.frames,
    blocks: first.blocks,
    allocated,
    held,
    heldBytes,
    wallMs: now() - began,
  };
}

/** @param most blocks @param memory looks at every call, and what goes in and out is inspected */
async function once(
  { audio, to, roundMs }: AllocationJob,
  number: number,
  most: number,
  runner: StageRunner,
  board: Int32Array,
  memory: MemoryLooks | null,
): Promise<Round> {
  const end = now() + roundMs;
  const results: Round["results"][number][] = [];
  let [frames, blocks] = [0, 0];
  for (const part of partsOf(audio)) {
    // Time goes on from round to round.
    const moved = { ...part, startFrame: part.startFrame + number * framesOf(audio) };
    const job = {
      ...EXCERPT_JOB,
      to,
      segment: number,
      audio: moved,
      probe: memory ? "inspect" : "none",
    } as const;
    const result = await runner.run(job, { memory, blocks: null });
    if (memory) results.push(result);
    frames += framesOf(part);
    blocks += result.blockMs.length;
    const isOver = number === 0 ? now() > end : blocks >= most;
    if (isOver || board[Board.cancel] === 1) break;
  }
  return { frames, blocks, results };
}

function effectsIn({ results }: Round): number[] | null {
  if (results.every(({ inspection }) => inspection?.peak.every((peak) => peak === 0))) return null;
  const stages = results.flatMap(({ inspection, emissions }) => [
    ...(inspection?.changed ?? []),
    ...emissions.map(({ stage }) => stage),
  ]);
  return [...new Set(stages)];
}

/** What stages emitted is the profiler's to keep, not theirs. */
function heldAfterCollection(emissions: Emissions): Bytes {
  emissions.reset();
  collectGarbage();
  const { heapUsed, external } = memoryUsage();
  return heapUsed + external;
}

async function writeHeap(
  { audio }: AllocationJob,
  { stage, file }: NonNullable<AllocationJob["heap"]>,
  number: number,
  runner: StageRunner,
): Promise<void> {
  const [part] = partsOf(audio);
  if (!part) return;
  const moved = { ...part, startFrame: part.startFrame + number * framesOf(audio) };
  await runner.run({ ...EXCERPT_JOB, to: stage + 1, segment: number, audio: moved });
  try {
    writeHeapSnapshot(file);
  } catch {
    // Whoever reads the file says that it can't.
  }
}
