import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { HeapFacts } from "../../../core/run/measured/heap.ts";
import type { Frames, Milliseconds, Seconds } from "../../../core/units.ts";
import { heapFactsOf, type HeapSnapshot } from "../../figures/memory/heapSnapshot.ts";
import { HEAP_SNAPSHOT } from "../../../protocol/measureSettings.ts";
import { isError, messageOf } from "../../failure.ts";
import { oneGroup } from "../../plan/groups.ts";
import { PIECE_BYTES } from "../../plan/pieces.ts";
import type { LanePool } from "../../pool/lanePool.ts";
import type { Allocated } from "../../worker/measuring/memory/allocationPass.ts";
import { buffersOf } from "../../worker/lane/segmentAudio.ts";
import { readAudio, type PassSetting } from "./passSteps.ts";
import type { LoadedLane } from "../session.ts";

export interface AllocationPassOptions {
  readonly pool: LanePool;
  /** For what is written beside the run. */
  readonly workFolder: string;
  /** The stage after which the heap is looked into; null: none. */
  readonly heapAfter: string | null;
  openLane(this: void): Promise<LoadedLane>;
}

export interface AllocationPass extends Allocated {
  /** Null where nobody asked; else what was found, or why it couldn't be read. */
  readonly heap: HeapFacts | Error | null;
  /** On the engine's clock. */
  readonly began: Milliseconds;
}

/** At most so much of the recording's beginning, and for so long in each of four rounds. */
const EXCERPT: Seconds = 10;
const ROUND_MS: Milliseconds = 100;
export const ALLOCATION_ROUNDS = 4;
export const ALLOCATIONS_MS = ALLOCATION_ROUNDS * ROUND_MS;

/** What stages allocate and keep, in a lane that is closed afterwards; null where blocks go through none. */
export async function allocationPass(
  setting: PassSetting,
  { pool, workFolder, heapAfter, openLane }: AllocationPassOptions,
): Promise<AllocationPass | null> {
  const { pipeline } = setting;
  const [group] = oneGroup(pipeline.stages);
  if (!group) return null;
  const stage = pipeline.stages.findIndex(({ name }) => name === heapAfter);
  const heapFile = stage < 0 ? null : join(workFolder, HEAP_SNAPSHOT);
  const audio = await readAudio(setting, { startFrame: 0, frames: excerptFrames(setting) });
  const { lane } = await openLane();
  try {
    const began = performance.now();
    const allocated = await lane.channel.call(
      "measureAllocations",
      { audio, to: group.to, roundMs: ROUND_MS, heap: heapFile === null ? null : { stage, file: heapFile } },
      buffersOf(audio),
    );
    return {
      ...allocated,
      began,
      heap: heapFile === null ? null : await readHeap(heapFile, heapAfter ?? ""),
    };
  } finally {
    await pool.close(lane);
  }
}

/** It is as large as the heap: longer than a text can be, or than the disk has room for, takes nothing from the run. */
async function readHeap(file: string, stage: string): Promise<HeapFacts | Error> {
  try {
    return heapFactsOf(JSON.parse(await readFile(file, "utf8")) as HeapSnapshot, stage);
  } catch (error) {
    return isError(error) ? error : new Error(messageOf(error));
  }
}

/** Whole blocks, one at least. */
function excerptFrames({ source, pipeline: { blockFrames } }: PassSetting): Frames {
  const { frames, sampleRate, channelCount } = source;
  const held = PIECE_BYTES / (channelCount * Float32Array.BYTES_PER_ELEMENT);
  const blocks = Math.max(1, Math.floor(Math.min(EXCERPT * sampleRate, held) / blockFrames));
  return Math.min(frames, blocks * blockFrames);
}
