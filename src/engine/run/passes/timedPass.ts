import type { Workers } from "../../../core/run/run.ts";
import { PassRecord } from "../../figures/pass/passRecord.ts";
import type { PassDisturbance } from "../../monitor/disturbance.ts";
import { groupsOf, NO_STAGES, oneGroup, type Group } from "../../plan/groups.ts";
import { planWorkers, readsBesideLanes } from "../../plan/workers.ts";
import type { Lane } from "../../pool/lane.ts";
import type { LaneIo } from "../../worker/io/laneIo.ts";
import { laneDeath, refusalIn } from "../failures.ts";
import type { MeasureOptions } from "./measureOptions.ts";
import { runFileStages, runStreamPass, takeSamples, type PassSetting } from "./passSteps.ts";
import { leastDisturbed, mayRunAgain, repeatableWith, watched } from "./repeats.ts";
import { soundFaults, type SoundFaults } from "./soundFaults.ts";
import { onlyLoading, takeIo } from "./takeIo.ts";

/** A timed pass over this is sampled itself. */
export const LONG_PASS_MS = 3000;
/** When the length of a pass can first be told from its beginning. */
const SETTLED_MS = 250;

export interface TimedPass {
  readonly timed: PassRecord;
  readonly died: Error | null;
  readonly workers: Workers;
  readonly keptOnOneLane: string | null;
  readonly sound: SoundFaults;
  readonly io: readonly LaneIo[] | null;
  readonly disturbances: readonly PassDisturbance[];
  readonly repeats: number;
}

/** Everything once, on as many workers as the plan says. */
export async function timedPass(options: MeasureOptions, setting: PassSetting): Promise<TimedPass> {
  const { pipeline, request, pool } = options;
  const many = groupsOf(pipeline.stages);
  const workers = planWorkers(
    request.workers,
    options.logicalCores,
    many,
    setting.segments.length,
    request.jobs,
  );
  try {
    while (pool.lanes.length < workers.used) await options.openLane();
    const groups = workers.used > 1 ? many : oneGroup(pipeline.stages);
    return { ...(await timedOn(pool.lanes, groups, options, setting)), workers, keptOnOneLane: null };
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal?.kind !== "needs one lane") throw error;
    const reason = `Stage "${refusal.stage ?? ""}" reads results while the recording runs, so all stages stay on one worker.`;
    const groups = oneGroup(pipeline.stages);
    // What a sampler saw of the attempt isn't of this pass.
    await takeSamples(pool.lanes, new PassRecord(pipeline));
    const loading = onlyLoading(await takeIo(pool.lanes));
    const again = await timedOn(pool.lanes.slice(0, 1), groups, options, setting);
    const io = again.io && [...loading, ...again.io];
    return { ...again, io, workers: { ...workers, used: 1, reason }, keptOnOneLane: refusal.stage };
  }
}

async function timedOn(
  lanes: readonly Lane[],
  groups: readonly Group[],
  options: MeasureOptions,
  setting: PassSetting,
): Promise<Omit<TimedPass, "workers" | "keptOnOneLane">> {
  const { pipeline, rendered, watch, pool } = options;
  let died: Error | null = null;
  const sound = soundFaults();
  setting.decoding.ms = 0;
  const newRecord = (): PassRecord => new PassRecord(pipeline);
  const first = newRecord();
  let timed = first;
  const io: LaneIo[] = [];
  let isIoWhole = false;
  const disturbances: PassDisturbance[] = [];
  let repeats = 0;
  watch.enter("timed", setting.segments.length, { calls: expectedCalls(setting) });
  watch.whenLongerThan(LONG_PASS_MS, SETTLED_MS, () => {
    pool.sampleFromNow();
  });
  try {
    // Where there are file stages alone, they hear the recording as it is.
    const passed = groups.length === 0 && rendered ? [NO_STAGES] : groups;
    if (passed.length > 0) {
      const readsBeside = readsBesideLanes(lanes.length, options.logicalCores);
      const how = { lanes, groups: passed, readsBeside };
      const measure = (): Promise<void> =>
        runStreamPass(setting, first, { ...how, mode: "timed", rendered, onRead: sound.look });
      const quiet = await leastDisturbed(first, measure, {
        ...repeatableWith(options, lanes),
        mayRepeat: async (record) => {
          io.push(...((await takeIo(lanes)) ?? []));
          return record.wallMs <= LONG_PASS_MS && mayRunAgain(record, io);
        },
        again: async () => {
          const { ms } = setting.decoding;
          const record = newRecord();
          watch.enter("timed", setting.segments.length, { calls: expectedCalls(setting) });
          await runStreamPass(setting, record, { ...how, mode: "alone", rendered: null });
          setting.decoding.ms = ms;
          return record;
        },
      });
      timed = quiet.kept.record;
      repeats = quiet.repeats;
      disturbances.push(quiet.kept.disturbance);
    }
    const [lane] = lanes;
    if (lane && pipeline.stages.some(({ scope }) => scope === "file")) {
      const { workMs } = timed;
      const fileStages = await watched(repeatableWith(options, lanes), async () => {
        await runFileStages(setting, timed, lane);
        return { workMs: timed.workMs - workMs };
      });
      disturbances.push(fileStages);
    }
    await takeSamples(lanes, timed);
    io.push(...((await takeIo(lanes)) ?? []));
    isIoWhole = true;
  } catch (error) {
    died = laneDeath(error);
    if (timed.frames === 0 || !(options.isCancelled() || died)) throw error;
  }
  return {
    timed,
    sound: sound.found,
    died,
    // What a worker that is no more has opened nobody can say.
    io: options.request.measure.io && isIoWhole ? io : null,
    disturbances,
    repeats,
  };
}

function expectedCalls({ segments, pipeline }: PassSetting): number {
  const blocks = segments.reduce((sum, { frames }) => sum + Math.ceil(frames / pipeline.blockFrames), 0);
  return blocks * pipeline.stages.filter(({ scope }) => scope !== "file").length;
}
