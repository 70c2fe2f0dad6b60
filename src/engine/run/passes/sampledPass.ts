import type { Milliseconds } from "../../../core/units.ts";
import type { PassRecord } from "../../figures/pass/passRecord.ts";
import { excerptsOf } from "../../plan/excerpts.ts";
import { oneGroup } from "../../plan/groups.ts";
import { buffersOf } from "../../worker/lane/segmentAudio.ts";
import type { Sampled, SampledJob, SegmentAudio } from "../../worker/lane/laneProtocol.ts";
import type { MeasureOptions } from "./measureOptions.ts";
import { readAudio, type PassSetting } from "./passSteps.ts";

export interface SampledRun extends Sampled {
  /** On the engine's clock. */
  readonly began: Milliseconds;
}

/** Where the lines' shares come from: excerpts, over and over, on a lane that is closed afterwards. */
export async function sampledPass(
  options: MeasureOptions,
  setting: PassSetting,
  timed: PassRecord,
): Promise<SampledRun> {
  const { pipeline, watch, request, source } = options;
  watch.enter("sampled", 1, { ms: request.samplingBudgetMs });
  const fileStages = pipeline.stages.flatMap(({ scope }, stage) =>
    scope === "file" && timed.stages[stage]?.asynchronous === false ? [stage] : [],
  );
  const segments: SegmentAudio[] = [];
  for (const excerpt of excerptsOf(source, pipeline.blockFrames))
    segments.push(await readAudio(setting, excerpt));
  const job: SampledJob = {
    segments,
    fileStagesFrom: oneGroup(pipeline.stages)[0]?.to ?? 0,
    fileStages,
    emissions: timed.emissions,
    endSeconds: source.frames / source.sampleRate,
    intervalUs: request.measure.intervalMs * 1000,
    budgetMs: request.samplingBudgetMs,
  };
  const { lane } = await options.openLane(true);
  try {
    const began = performance.now();
    return { ...(await lane.channel.call("sample", job, buffersOf(...segments))), began };
  } finally {
    // Its thread is for the next pass.
    await options.pool.close(lane);
  }
}
