import { join } from "node:path";
import type { Frames, Milliseconds, Seconds } from "../../core/units.ts";
import { oneGroup } from "../plan/groups.ts";
import { PIECE_BYTES } from "../plan/pieces.ts";
import type { LanePool } from "../pool/lanePool.ts";
import type { Allocated } from "../worker/measuring/allocationPass.ts";
import { readAudio, type PassSetting } from "./passes.ts";
import type { LoadedLane } from "./session.ts";

export interface AllocationPassOptions {
  readonly pool: LanePool;
  /** For what is written beside the run. */
  readonly workFolder: string;
  /** The stage after which the heap is looked into; null: none. */
  readonly heapAfter: string | null;
  openLane(this: void): Promise<LoadedLane>;
}

export interface AllocationPass extends Allocated {
  /** Where the heap was written to; null where nobody asked. */
  readonly heapFile: string | null;
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
  const heapFile = stage < 0 ? null : join(workFolder, "stage.heapsnapshot");
  const audio = await readAudio(setting, { startFrame: 0, frames: excerptFrames(setting) });
  const { lane } = await openLane();
  try {
    const allocated = await lane.channel.call(
      "measureAllocations",
      { audio, to: group.to, roundMs: ROUND_MS, heap: heapFile === null ? null : { stage, file: heapFile } },
      audio.channels.map(({ buffer }) => buffer),
    );
    return { ...allocated, heapFile };
  } finally {
    await pool.close(lane);
  }
}

/** Whole blocks, one at least. */
function excerptFrames({ source, pipeline: { blockFrames } }: PassSetting): Frames {
  const { frames, sampleRate, channelCount } = source;
  const held = PIECE_BYTES / (channelCount * Float32Array.BYTES_PER_ELEMENT);
  const blocks = Math.max(1, Math.floor(Math.min(EXCERPT * sampleRate, held) / blockFrames));
  return Math.min(frames, blocks * blockFrames);
}
