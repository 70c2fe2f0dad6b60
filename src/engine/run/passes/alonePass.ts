import { withSilentTail } from "../../audio/withSilentTail.ts";
import type { MeasuredSize } from "../../figures/blocks/blockSizes.ts";
import { PassRecord } from "../../figures/pass/passRecord.ts";
import type { PassDisturbance } from "../../monitor/disturbance.ts";
import { gridOf } from "../../plan/grid.ts";
import { oneGroup } from "../../plan/groups.ts";
import { readsBesideLanes } from "../../plan/workers.ts";
import type { Lane } from "../../pool/lane.ts";
import type { LoadedLane } from "../session.ts";
import { describeRecord, type MeasuredPass } from "./describePass.ts";
import { keptWhenEnded, type MeasureOptions, type PassOptions } from "./measureOptions.ts";
import { runStreamPass, type PassSetting } from "./passSteps.ts";
import { leastDisturbed, repeatableWith } from "./repeats.ts";

/** The alone pass needs no more of the recording than this. */
const ALONE_MS = 3000;
const HEARD_BEFORE_TAIL = 0.5;

/** So much of the recording that there is time left for the silence after it. */
export function tailed(options: MeasureOptions, setting: PassSetting, timed: PassRecord): PassSetting {
  const { request, pipeline } = options;
  const msPerFrame = timed.workMs / Math.max(1, timed.frames);
  const affordable = msPerFrame > 0 ? (HEARD_BEFORE_TAIL * ALONE_MS) / msPerFrame : Infinity;
  const blocks = Math.ceil(Math.min(setting.source.frames, affordable) / pipeline.blockFrames);
  const heard = Math.min(setting.source.frames, blocks * pipeline.blockFrames);
  const source = withSilentTail(setting.source, heard, request.measure.silentTailSeconds);
  const segments = gridOf(source.frames, source.sampleRate, pipeline.blockFrames, request.segmentSeconds);
  return { ...setting, source, segments };
}

/** Deadline figures come from one worker alone on the machine. */
export async function alonePass(
  options: MeasureOptions,
  setting: PassSetting,
  lane: Lane | undefined,
): Promise<{ record: PassRecord; disturbances: PassDisturbance[]; repeats: number }> {
  const { watch } = options;
  const { pipeline } = setting;
  const lanes = lane ? [lane] : [];
  const measure = async (record: PassRecord): Promise<PassRecord> => {
    watch.enter("alone", setting.segments.length, { ms: ALONE_MS });
    const began = performance.now();
    await runStreamPass(setting, record, {
      mode: "alone",
      lanes,
      groups: oneGroup(pipeline.stages),
      readsBeside: readsBesideLanes(1, options.logicalCores),
      rendered: null,
      // At least one piece, however long the reading before it took.
      isOver: () => record.frames > 0 && performance.now() - began > ALONE_MS,
    });
    return record;
  };
  const first = new PassRecord(pipeline);
  const { kept, repeats } = await leastDisturbed(
    first,
    async () => {
      await measure(first);
    },
    {
      ...repeatableWith(options, lanes),
      mayRepeat: () => true,
      again: () => measure(new PassRecord(pipeline)),
    },
  );
  return { record: kept.record, disturbances: [kept.disturbance], repeats };
}

/** Each in a lane of its own, one worker alone. */
export async function measuredSizes(
  options: PassOptions,
  setting: PassSetting,
  passes: MeasuredPass[],
): Promise<MeasuredSize[]> {
  const { request, pool, pipeline } = options;
  const sizes: MeasuredSize[] = [];
  for (const blockFrames of new Set(request.measure.blockSizes)) {
    if (blockFrames === pipeline.blockFrames || options.isCancelled()) continue;
    const loaded = await keptWhenEnded(options, options.openLane(false, { blockFrames }));
    if (!loaded) break;
    try {
      const record = await keptWhenEnded(options, aloneIn(loaded, options, setting));
      if (!record) break;
      passes.push(describeRecord("sizes", record));
      sizes.push({ blockFrames, log: record.blocks });
    } finally {
      await pool.close(loaded.lane);
    }
  }
  return sizes;
}

async function aloneIn(
  { lane, pipeline }: LoadedLane,
  options: MeasureOptions,
  setting: PassSetting,
): Promise<PassRecord> {
  const { source, request } = options;
  const segments = gridOf(source.frames, source.sampleRate, pipeline.blockFrames, request.segmentSeconds);
  return (await alonePass(options, { ...setting, pipeline, segments }, lane)).record;
}
