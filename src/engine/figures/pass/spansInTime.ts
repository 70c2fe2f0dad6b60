import type { Milliseconds } from "../../../core/units.ts";
import type { JobResult, StageSpans } from "../../worker/lane/laneProtocol.ts";

/** The last place whose time isn't after the given one; −1 before the first. @param times in order */
export function lastBefore(times: Float64Array, time: Milliseconds): number {
  let [from, to] = [0, times.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((times[middle] ?? Infinity) <= time) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}

/** The stage whose call was under way; null between calls. */
export function stageAt(spans: readonly StageSpans[], time: Milliseconds): number | null {
  const under = spans.find(({ starts, ends }) => {
    const call = lastBefore(starts, time);
    return call >= 0 && time <= (ends[call] ?? -Infinity);
  });
  return under?.stage ?? null;
}

type BlocksOfJob = Pick<JobResult, "blockStarts" | "blockMs" | "spans">;

/** Up to the next block's beginning; what comes after the last one is of none. @param index in the job, from 0 */
export const endOfBlock = (
  { blockStarts, blockMs }: Pick<BlocksOfJob, "blockStarts" | "blockMs">,
  index: number,
): Milliseconds => blockStarts[index + 1] ?? (blockStarts[index] ?? 0) + (blockMs[index] ?? 0);

/** The block with a stage at work; null between the calls, and after the last block. */
export function blockAt(job: BlocksOfJob, time: Milliseconds): number | null {
  const index = lastBefore(job.blockStarts, time);
  const isWithin = index >= 0 && time < endOfBlock(job, index) && stageAt(job.spans, time) !== null;
  return isWithin ? index : null;
}

/** How long each stage was at work in calls that began within the time. */
export function stageTimes(
  spans: readonly StageSpans[],
  from: Milliseconds,
  to: Milliseconds,
): ReadonlyMap<number, Milliseconds> {
  const times = new Map<number, Milliseconds>();
  for (const { stage, starts, ends } of spans) {
    let ms = 0;
    for (let call = lastBefore(starts, to); call >= 0 && (starts[call] ?? -Infinity) >= from; call--)
      ms += (ends[call] ?? 0) - (starts[call] ?? 0);
    if (ms > 0) times.set(stage, ms);
  }
  return times;
}
