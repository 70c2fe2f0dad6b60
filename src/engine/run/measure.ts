import type { Pass, Workers } from "../../core/run/run.ts";
import { takenFallbacks, type Fallback } from "../../library/fallbacks.ts";
import type { ProfileRequest } from "../../protocol/engine.ts";
import type { AudioSource } from "../audio/audioSource.ts";
import type { SourceTable } from "../modules/sourceTable.ts";
import { PassRecord } from "../figures/passRecord.ts";
import type { ReadAhead } from "../memory/readAhead.ts";
import { excerptsOf } from "../plan/excerpts.ts";
import { gridOf } from "../plan/grid.ts";
import { groupsOf, NO_STAGES, oneGroup, type Group } from "../plan/groups.ts";
import { planWorkers, readsBesideLanes } from "../plan/workers.ts";
import type { Lane, LaneSettings } from "../pool/lane.ts";
import type { LanePool } from "../pool/lanePool.ts";
import type { RenderedAudio } from "../pool/renderedAudio.ts";
import type { Watch } from "../pool/watch.ts";
import type { LoadedPipeline, Sampled, SampledJob, SegmentAudio } from "../worker/lane/laneProtocol.ts";
import { countedPass, type CountedRun } from "./countedPass.ts";
import { refusalIn } from "./failures.ts";
import { soundFaults, type SoundFaults } from "./soundFaults.ts";
import { readAudio, runFileStages, runStreamPass, takeSamples, type PassSetting } from "./passes.ts";

export interface MeasureOptions {
  readonly request: ProfileRequest;
  readonly source: AudioSource;
  readonly pipeline: LoadedPipeline;
  readonly pool: LanePool;
  readonly watch: Watch;
  readonly rendered: RenderedAudio | null;
  readonly readAhead: ReadAhead;
  readonly logicalCores: number;
  readonly table: SourceTable;
  /** @param keepsLines for the sampler @param change of the lane's settings */
  openLane(keepsLines?: boolean, change?: Partial<LaneSettings>): Promise<Lane>;
  /** A sentence. */
  explain(error: unknown): string;
  isCancelled(): boolean;
}

export interface Measured {
  readonly workers: Workers;
  readonly timed: PassRecord;
  /** One worker alone, where the timed pass used several. */
  readonly alone: PassRecord | null;
  readonly sampled: Sampled | null;
  /** Null where it wasn't asked for, or was cancelled. */
  readonly counted: CountedRun | null;
  readonly passes: readonly Omit<Pass, "overhead">[];
  readonly decodeMs: number;
  readonly sound: SoundFaults;
  /** A stage reads results while the recording runs, so that everything stayed on one worker. */
  readonly keptOnOneLane: string | null;
  /** Fast paths of the library that weren't to be had. */
  readonly fallbacks: readonly Fallback[];
}

/** A timed pass over this is sampled itself. */
const LONG_PASS_MS = 3000;
/** When the length of a pass can first be told from its beginning. */
const SETTLED_MS = 250;
/** The alone pass needs no more of the recording than this. */
const ALONE_MS = 3000;
const DENSE_INTERVAL_US = 100;

/** The passes of a run, one after another. */
export async function measure(options: MeasureOptions): Promise<Measured> {
  const { request, source, pipeline } = options;
  const segments = gridOf(source.frames, source.sampleRate, pipeline.blockFrames, request.segmentSeconds);
  const setting: PassSetting = {
    source,
    pipeline,
    segments,
    readAhead: options.readAhead,
    decoding: { ms: 0 },
    isCancelled: () => options.isCancelled(),
  };
  const passes: Omit<Pass, "overhead">[] = [];
  const { timed, workers, keptOnOneLane, sound } = await timedPass(options, setting);
  // Later passes read the recording again.
  const decodeMs = setting.decoding.ms;
  const isSampledItself = timed.samples.length > 0;
  passes.push(describePass("timed", timed, workers.used, isSampledItself));
  const waits = pipeline.stages.some(
    ({ scope }, stage) => scope !== "file" && timed.stages[stage]?.asynchronous,
  );

  let alone: PassRecord | null = null;
  // Beside other runs there is no worker alone on the machine.
  if (workers.used > 1 && request.jobs === 1 && !waits && !options.isCancelled()) {
    alone = await keptWhenCancelled(options, alonePass(options, setting));
    if (alone) passes.push(describePass("alone", alone, 1, false));
  }
  const isLong = timed.workMs / workers.used > LONG_PASS_MS;
  let sampled: Sampled | null = null;
  if (!waits && !(isLong && isSampledItself) && !options.isCancelled()) {
    sampled = await keptWhenCancelled(options, sampledPass(options, setting, timed));
  }
  if (sampled) {
    passes.push({
      kind: "sampled",
      wallMs: sampled.wallMs,
      workers: 1,
      frames: excerptsOf(source, pipeline.blockFrames).reduce((sum, { frames }) => sum + frames, 0),
      repeats: sampled.repeats,
      sampled: true,
      samplingIntervalUs: sampled.intervalUs,
      ticks: sampled.ticks,
      spans: 0,
    });
  }
  // Asked first: a lane that counts may take all others with it.
  const fallbacks = await fallbacksOn(options);
  const counted = request.measure.counts ? await countedPass(options, setting, timed) : null;
  if (counted?.pass) passes.push(counted.pass);
  return {
    workers,
    timed,
    alone,
    sampled,
    counted,
    passes,
    decodeMs,
    sound,
    keptOnOneLane,
    fallbacks,
  };
}

/** A lane knows those of the stages that it ran, the engine those of the decoding: each once. */
async function fallbacksOn(options: MeasureOptions): Promise<readonly Fallback[]> {
  const lanes = options.isCancelled() ? [] : options.pool.lanes;
  const asked = Promise.all(lanes.map(({ channel }) => channel.call("fallbacks", null)));
  const inLanes = await keptWhenCancelled(options, asked);
  const all = [...takenFallbacks(), ...(inLanes ?? []).flat()];
  return [...new Map(all.map((fallback) => [fallback.wanted, fallback])).values()];
}

/** A pass that a cancel cut off gives nothing, and takes nothing from the others. */
async function keptWhenCancelled<T>(options: MeasureOptions, pass: Promise<T>): Promise<T | null> {
  try {
    return await pass;
  } catch (error) {
    if (options.isCancelled()) return null;
    throw error;
  }
}

interface TimedPass {
  readonly timed: PassRecord;
  readonly workers: Workers;
  readonly keptOnOneLane: string | null;
  readonly sound: SoundFaults;
}

async function timedPass(options: MeasureOptions, setting: PassSetting): Promise<TimedPass> {
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
    await takeSamples(pool.lanes, new PassRecord(pipeline.stages.length));
    const again = await timedOn(pool.lanes.slice(0, 1), groups, options, setting);
    return { ...again, workers: { ...workers, used: 1, reason }, keptOnOneLane: refusal.stage };
  }
}

async function timedOn(
  lanes: readonly Lane[],
  groups: readonly Group[],
  options: MeasureOptions,
  setting: PassSetting,
): Promise<Pick<TimedPass, "timed" | "sound">> {
  const { pipeline, rendered, watch, pool } = options;
  const sound = soundFaults();
  setting.decoding.ms = 0;
  const record = new PassRecord(pipeline.stages.length);
  watch.enter("timed", setting.segments.length, { calls: expectedCalls(setting) });
  watch.whenLongerThan(LONG_PASS_MS, SETTLED_MS, () => {
    pool.sampleFromNow();
  });
  try {
    // Where there are file stages alone, they hear the recording as it is.
    const passed = groups.length === 0 && rendered ? [NO_STAGES] : groups;
    if (passed.length > 0) {
      const readsBeside = readsBesideLanes(lanes.length, options.logicalCores);
      const how = {
        mode: "timed",
        lanes,
        groups: passed,
        readsBeside,
        rendered,
        onRead: sound.look,
      } as const;
      await runStreamPass(setting, record, how);
    }
    const [first] = lanes;
    if (first) await runFileStages(setting, record, first);
    await takeSamples(lanes, record);
  } catch (error) {
    if (!options.isCancelled() || record.frames === 0) throw error;
  }
  return { timed: record, sound: sound.found };
}

function expectedCalls({ segments, pipeline }: PassSetting): number {
  const blocks = segments.reduce((sum, { frames }) => sum + Math.ceil(frames / pipeline.blockFrames), 0);
  return blocks * pipeline.stages.filter(({ scope }) => scope !== "file").length;
}

/** Deadline figures come from one worker alone on the machine. */
async function alonePass(options: MeasureOptions, setting: PassSetting): Promise<PassRecord> {
  const { pipeline, pool, watch } = options;
  const record = new PassRecord(pipeline.stages.length);
  watch.enter("alone", setting.segments.length, { ms: ALONE_MS });
  const began = performance.now();
  await runStreamPass(setting, record, {
    mode: "alone",
    lanes: pool.lanes.slice(0, 1),
    groups: oneGroup(pipeline.stages),
    readsBeside: readsBesideLanes(1, options.logicalCores),
    rendered: null,
    // At least one piece, however long the reading before it took.
    isOver: () => record.frames > 0 && performance.now() - began > ALONE_MS,
  });
  return record;
}

async function sampledPass(
  options: MeasureOptions,
  setting: PassSetting,
  timed: PassRecord,
): Promise<Sampled> {
  const { pipeline, watch, request, source } = options;
  watch.enter("sampled", 1, { ms: request.samplingBudgetMs });
  const lane = await options.openLane(true);
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
    intervalUs: DENSE_INTERVAL_US,
    budgetMs: request.samplingBudgetMs,
  };
  return lane.channel.call(
    "sample",
    job,
    segments.flatMap(({ channels }) => channels.map(({ buffer }) => buffer)),
  );
}

function describePass(
  kind: "timed" | "alone",
  record: PassRecord,
  workers: number,
  sampled: boolean,
): Omit<Pass, "overhead"> {
  return {
    kind,
    wallMs: record.wallMs,
    workers,
    frames: record.frames,
    repeats: 1,
    sampled,
    samplingIntervalUs: record.samples[0]?.intervalUs ?? null,
    ticks: record.samples.reduce((sum, { ticks }) => sum + ticks, 0),
    spans: record.spans,
  };
}
