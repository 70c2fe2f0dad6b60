import type { Pass, Workers } from "../../core/run/run.ts";
import { takenFallbacks } from "../../library/fallbacks.ts";
import type { ProfileRequest } from "../../protocol/engine.ts";
import { withSilentTail } from "../audio/withSilentTail.ts";
import type { AudioSource } from "../audio/audioSource.ts";
import type { SourceTable } from "../modules/sourceTable.ts";
import { PassRecord } from "../figures/pass/passRecord.ts";
import type { ReadAhead } from "../memory/readAhead.ts";
import { excerptsOf } from "../plan/excerpts.ts";
import { gridOf } from "../plan/grid.ts";
import { groupsOf, NO_STAGES, oneGroup, type Group } from "../plan/groups.ts";
import { planWorkers, readsBesideLanes } from "../plan/workers.ts";
import { unexplainedBlocks } from "../figures/blocks/slowBlocks.ts";
import type { MeasuredSize } from "../figures/blocks/blockSizes.ts";
import type { Lane, LaneSettings } from "../pool/lane.ts";
import type { LanePool } from "../pool/lanePool.ts";
import type { RenderedAudio } from "../pool/renderedAudio.ts";
import type { Watch } from "../pool/watch.ts";
import type { PassDisturbance } from "../monitor/disturbance.ts";
import type { MachineLook } from "../monitor/machineLook.ts";
import type { LaneIo } from "../worker/io/laneIo.ts";
import type {
  LaneRemarks,
  LoadedPipeline,
  Sampled,
  SampledJob,
  SegmentAudio,
} from "../worker/lane/laneProtocol.ts";
import {
  ALLOCATION_ROUNDS,
  ALLOCATIONS_MS,
  allocationPass,
  type AllocationPass,
} from "./passes/allocationPass.ts";
import { countedPass, type CountedRun } from "./passes/countedPass.ts";
import { PROBE_MS, probePass, type ProbedBlocks } from "./passes/probePass.ts";
import { leastDisturbed, mayRunAgain, watched, type Repeatable } from "./passes/repeats.ts";
import type { LoadedLane } from "./session.ts";
import { laneDeath, refusalIn } from "./failures.ts";
import { soundFaults, type SoundFaults } from "./passes/soundFaults.ts";
import {
  readAudio,
  runFileStages,
  runStreamPass,
  takeSamples,
  type PassSetting,
} from "./passes/passSteps.ts";
import { onlyLoading, takeIo } from "./passes/takeIo.ts";

export interface MeasureOptions {
  readonly request: ProfileRequest;
  readonly source: AudioSource;
  readonly pipeline: LoadedPipeline;
  readonly pool: LanePool;
  readonly watch: Watch;
  readonly rendered: RenderedAudio | null;
  readonly readAhead: ReadAhead;
  readonly logicalCores: number;
  /** For what is written beside the run. */
  readonly workFolder: string;
  readonly table: SourceTable;
  lookAtMachine(this: void): MachineLook;
  /** @param keepsLines for the sampler @param change of the lane's settings */
  openLane(this: void, keepsLines?: boolean, change?: Partial<LaneSettings>): Promise<LoadedLane>;
  /** A sentence. */
  explain(this: void, error: unknown): string;
  isCancelled(this: void): boolean;
}

export interface Measured extends LaneRemarks {
  readonly workers: Workers;
  readonly timed: PassRecord;
  /** One worker alone, where the timed pass used several. */
  readonly alone: PassRecord | null;
  /** Block sizes besides the pipeline's own. */
  readonly otherSizes: readonly MeasuredSize[];
  /** Why blocks were slow, where some were; null where that isn't known. */
  readonly probed: ProbedBlocks | null;
  readonly sampled: Sampled | null;
  readonly allocated: AllocationPass | null;
  /** Null where it wasn't asked for, or was cancelled. */
  readonly counted: CountedRun | null;
  readonly passes: readonly Omit<Pass, "overhead">[];
  readonly decodeMs: number;
  readonly sound: SoundFaults;
  /** What ended a worker, in the timed pass or after it; null where nothing did. */
  readonly died: Error | null;
  /** A stage reads results while the recording runs, so that everything stayed on one worker. */
  readonly keptOnOneLane: string | null;
  /** What lanes did with files and the network in the timed pass; null where nobody looked. */
  readonly io: readonly LaneIo[] | null;
  /** Of the passes that durations come from; empty where a cancel came first. */
  readonly disturbances: readonly PassDisturbance[];
  /** How often such a pass was measured again. */
  readonly disturbedRepeats: number;
}

/** What the passes share. */
interface Passes extends MeasureOptions {
  /** Whether it ended a worker, after which no pass begins any more. */
  isDeath(this: void, error: unknown): boolean;
}

/** A timed pass over this is sampled itself. */
const LONG_PASS_MS = 3000;
/** When the length of a pass can first be told from its beginning. */
const SETTLED_MS = 250;
/** The alone pass needs no more of the recording than this. */
const ALONE_MS = 3000;
const HEARD_BEFORE_TAIL = 0.5;

/** The passes of a run, one after another. */
export async function measure(given: MeasureOptions): Promise<Measured> {
  let died: Error | null = null;
  // What ends a worker would end it again: what was measured until then is kept, as after a cancel.
  const options: Passes = {
    ...given,
    isCancelled: () => died !== null || given.isCancelled(),
    isDeath: (error) => (died ??= laneDeath(error)) !== null,
  };
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
  const { timed, workers, keptOnOneLane, sound, io, ...ended } = await timedPass(options, setting);
  died = ended.died;
  const disturbances = [...ended.disturbances];
  let { repeats: disturbedRepeats } = ended;
  // Later passes read the recording again.
  const decodeMs = setting.decoding.ms;
  const isSampledItself = timed.sampled !== null;
  passes.push(describePass("timed", timed, workers.used, isSampledItself));
  const waits = pipeline.stages.some(
    ({ scope }, stage) => scope !== "file" && timed.stages[stage]?.asynchronous,
  );

  let alone: PassRecord | null = null;
  const hasTail = request.measure.silentTailSeconds > 0;
  const aloneSetting = hasTail ? tailed(options, setting, timed) : setting;
  // Beside other runs there is no worker alone on the machine.
  if ((workers.used > 1 || hasTail) && request.jobs === 1 && !waits && !options.isCancelled()) {
    const kept = await keptWhenEnded(options, alonePass(options, aloneSetting, options.pool.lanes[0]));
    alone = kept?.record ?? null;
    if (alone) passes.push(describePass("alone", alone, 1, false));
    disturbances.push(...(kept?.disturbances ?? []));
    disturbedRepeats += kept?.repeats ?? 0;
  }
  const beside = request.jobs > 1 || waits;
  const otherSizes = beside ? [] : await measuredSizes(options, setting, passes);
  const probed = beside ? null : await probe(options, aloneSetting, alone ?? timed);
  if (probed) passes.push(describePass("probe", probed.record, 1, false, 2));
  // From here on other lanes measure, and what these hold of a long recording would come on top.
  if (!options.isCancelled()) options.pool.rest();
  const isLong = timed.workMs / workers.used > LONG_PASS_MS;
  let sampled: Sampled | null = null;
  if (request.measure.sampling && !waits && !(isLong && isSampledItself) && !options.isCancelled()) {
    sampled = await keptWhenEnded(options, sampledPass(options, setting, timed));
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
  let allocated: AllocationPass | null = null;
  if (request.measure.memory && !waits && !options.isCancelled()) {
    allocated = await keptWhenEnded(options, allocationPassOf(options, setting));
    if (allocated) passes.push(describeAllocations(allocated));
  }
  // Asked first: a lane that counts may take all others with it.
  const remarks = await remarksOf(options);
  const counted = request.measure.counts ? await countedPass(options, setting, timed) : null;
  if (counted?.pass) passes.push(counted.pass);
  return {
    workers,
    timed,
    alone,
    otherSizes,
    probed,
    sampled,
    allocated,
    counted,
    passes,
    decodeMs,
    sound,
    died,
    keptOnOneLane,
    io,
    disturbances,
    disturbedRepeats,
    ...remarks,
  };
}

/** A lane knows those of the stages that it ran, the engine those of the decoding: each once. */
async function remarksOf(options: Passes): Promise<LaneRemarks> {
  const lanes = options.isCancelled() ? [] : options.pool.lanes;
  const asked = Promise.all(lanes.map(({ channel }) => channel.call("remarks", null)));
  const told = (await keptWhenEnded(options, asked)) ?? [];
  const fallbacks = [...takenFallbacks(), ...told.flatMap((one) => one.fallbacks)];
  return {
    fallbacks: [...new Map(fallbacks.map((fallback) => [fallback.wanted, fallback])).values()],
    changedGlobals: [...new Set(told.flatMap((one) => one.changedGlobals))],
  };
}

/** A pass that a cancel cut off, or the death of its worker, gives nothing, and takes nothing from the others. */
async function keptWhenEnded<T>(options: Passes, pass: Promise<T>): Promise<T | null> {
  try {
    return await pass;
  } catch (error) {
    if (options.isCancelled() || options.isDeath(error)) return null;
    throw error;
  }
}

interface TimedPass {
  readonly timed: PassRecord;
  readonly died: Error | null;
  readonly workers: Workers;
  readonly keptOnOneLane: string | null;
  readonly sound: SoundFaults;
  readonly io: readonly LaneIo[] | null;
  readonly disturbances: readonly PassDisturbance[];
  readonly repeats: number;
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
    await takeSamples(pool.lanes, new PassRecord(pipeline.stages.length, pipeline.blockFrames));
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
  const newRecord = (): PassRecord => new PassRecord(pipeline.stages.length, pipeline.blockFrames);
  const first = newRecord();
  let timed = first;
  const io: LaneIo[] = [];
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
        ...repeatable(options, lanes),
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
      const fileStages = await watched(repeatable(options, lanes), async () => {
        await runFileStages(setting, timed, lane);
        return { workMs: timed.workMs - workMs };
      });
      disturbances.push(fileStages);
    }
    await takeSamples(lanes, timed);
    io.push(...((await takeIo(lanes)) ?? []));
  } catch (error) {
    died = laneDeath(error);
    if (timed.frames === 0 || !(options.isCancelled() || died)) throw error;
  }
  return {
    timed,
    sound: sound.found,
    died,
    io: options.request.measure.io ? io : null,
    disturbances,
    repeats,
  };
}

const repeatable = (
  { request, lookAtMachine, isCancelled }: MeasureOptions,
  lanes: readonly Lane[],
): Pick<Repeatable, "lanes" | "look" | "isCancelled" | "most"> => ({
  lanes,
  look: lookAtMachine,
  isCancelled,
  // What disturbs it beside other runs are those.
  most: request.jobs === 1 ? request.measure.repeats : 0,
});

function expectedCalls({ segments, pipeline }: PassSetting): number {
  const blocks = segments.reduce((sum, { frames }) => sum + Math.ceil(frames / pipeline.blockFrames), 0);
  return blocks * pipeline.stages.filter(({ scope }) => scope !== "file").length;
}

/** So much of the recording that there is time left for the silence after it. */
function tailed(options: MeasureOptions, setting: PassSetting, timed: PassRecord): PassSetting {
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
async function alonePass(
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
  const newRecord = (): PassRecord => new PassRecord(pipeline.stages.length, pipeline.blockFrames);
  const first = newRecord();
  const { kept, repeats } = await leastDisturbed(
    first,
    async () => {
      await measure(first);
    },
    {
      ...repeatable(options, lanes),
      mayRepeat: () => true,
      again: () => measure(newRecord()),
    },
  );
  return { record: kept.record, disturbances: [kept.disturbance], repeats };
}

async function sampledPass(
  options: MeasureOptions,
  setting: PassSetting,
  timed: PassRecord,
): Promise<Sampled> {
  const { pipeline, watch, request, source } = options;
  watch.enter("sampled", 1, { ms: request.samplingBudgetMs });
  const { lane } = await options.openLane(true);
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
  try {
    return await lane.channel.call(
      "sample",
      job,
      segments.flatMap(({ channels }) => channels.map(({ buffer }) => buffer)),
    );
  } finally {
    // Its thread is for the next pass.
    await options.pool.close(lane);
  }
}

/** Each in a lane of its own, one worker alone. */
async function measuredSizes(
  options: Passes,
  setting: PassSetting,
  passes: Omit<Pass, "overhead">[],
): Promise<MeasuredSize[]> {
  const { request, pool, pipeline } = options;
  const sizes: MeasuredSize[] = [];
  for (const blockFrames of new Set(request.measure.blockSizes)) {
    if (blockFrames === pipeline.blockFrames || options.isCancelled()) continue;
    const loaded = await options.openLane(false, { blockFrames });
    try {
      const record = await keptWhenEnded(options, aloneIn(loaded, options, setting));
      if (!record) break;
      passes.push(describePass("sizes", record, 1, false));
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

/** Null where no block needs explaining, or nobody wants it explained. */
async function probe(
  options: Passes,
  setting: PassSetting,
  record: PassRecord,
): Promise<ProbedBlocks | null> {
  const [lane] = options.pool.lanes;
  const usualMs = record.blocks.all.percentile(0.5);
  const unexplained = unexplainedBlocks(record.blocks, {
    blockFrames: setting.pipeline.blockFrames,
    sampleRate: setting.source.sampleRate,
  });
  if (!options.request.measure.causes || !lane || unexplained.length === 0 || options.isCancelled())
    return null;
  options.watch.enter("probe", setting.segments.length, { ms: 2 * PROBE_MS });
  return keptWhenEnded(options, probePass(setting, lane, unexplained, usualMs));
}

function allocationPassOf(options: MeasureOptions, setting: PassSetting): Promise<AllocationPass | null> {
  const { pool, workFolder, request } = options;
  options.watch.enter("allocations", 1, { ms: ALLOCATIONS_MS });
  return allocationPass(setting, {
    pool,
    workFolder,
    heapAfter: request.measure.heapAfter,
    openLane: () => options.openLane(),
  });
}

const describeAllocations = ({ wallMs, frames }: AllocationPass): Omit<Pass, "overhead"> => ({
  kind: "allocations",
  wallMs,
  workers: 1,
  frames,
  repeats: ALLOCATION_ROUNDS,
  sampled: false,
  samplingIntervalUs: null,
  ticks: 0,
  spans: 0,
});

function describePass(
  kind: "timed" | "alone" | "probe" | "sizes",
  record: PassRecord,
  workers: number,
  sampled: boolean,
  repeats = 1,
): Omit<Pass, "overhead"> {
  return {
    kind,
    wallMs: record.wallMs,
    workers,
    frames: record.frames,
    repeats,
    sampled,
    samplingIntervalUs: record.sampled?.intervalUs ?? null,
    ticks: record.sampled?.ticks ?? 0,
    spans: record.spans,
  };
}
