import { formatCount, formatNumber } from "../format.ts";
import type { Run } from "../run/run.ts";
import { deadlineAt, smallestSafeBlock } from "./deadlineAt.ts";

/** Two sentences about the run's own block size and rate; null where no worker was measured alone. */
export function headroomWords({ blockSizes, audio, pipeline }: Run): string | null {
  const own = deadlineAt(blockSizes, audio.sampleRate, pipeline.blockFrames, audio.sampleRate);
  if (!own || own.worst === 0) return null;
  const smallest = smallestSafeBlock(blockSizes, audio.sampleRate, audio.sampleRate);
  const estimate = smallest?.isMeasured === false ? " (estimated)" : "";
  const blocks = smallest
    ? `The smallest blocks without a late one have ${formatCount(smallest.blockFrames)} frames${estimate}.`
    : "Blocks of no size are all in time.";
  return `${slownessWords(own.headroom)} ${blocks}`;
}

const slownessWords = (headroom: number): string =>
  headroom >= 1
    ? `Keeps up on a CPU ${formatNumber(headroom)}× slower.`
    : `Would keep up on a CPU ${formatNumber(1 / headroom)}× faster.`;
