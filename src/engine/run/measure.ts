import { setFlagsFromString } from "node:v8";
import type { Pass, Workers } from "../../core/run.ts";
import type { ProfileRequest } from "../../protocol/engine.ts";
import type { AudioSource } from "../../library/audio/audioSource.ts";
import { PassRecord } from "../figures/passRecord.ts";
import { gridOf, type Segment } from "../plan/grid.ts";
import { groupsOf, oneGroup, type Group } from "../plan/groups.ts";
import { planWorkers } from "../plan/workers.ts";
import type { Lane } from "../pool/lane.ts";
import type { LanePool } from "../pool/lanePool.ts";
import type { RenderedAudio } from "../pool/renderedAudio.ts";
import type { Watch } from "../pool/watch.ts";
import type { LoadedPipeline, Sampled, SampledJob, SegmentAudio } from "../worker/laneProtocol.ts";
import { refusalIn } from "./failures.ts";
import { soundFaults, type SoundFaults } from "./soundFaults.ts";
import { readSegment, runFileStages, runStreamPass, takeSamples, type PassSetting } from "./passes.ts";

export interface MeasureOptions {
  readonly request: ProfileRequest;
  readonly source: AudioSource;
  readonly pipeline: LoadedPipeline;
  readonly pool: LanePool;
  readonly watch: Watch;
  readonly rendered: RenderedAudio | null;
  readonly logicalCores: number;
  openLane(): Promise<Lane>;
  isCancelled(): boolean;
}

export interface Measured {
  readonly workers: Workers;
  readonly timed: PassRecord;
  /** One worker alone, where the timed pass used several. */
  readonly alone: PassRecord | null;
  readonly sampled: Sampled | null;
  readonly passes: readonly Omit<Pass, "overhead">[];
  readonly decodeMs: number;
  readonly sound: SoundFaults;
  /** A stage reads results while the recording runs, so that everything stayed on one worker. */
  readonly keptOnOneLane: string | null;
}

/** A timed pass over this is sampled itself. */
const LONG_PASS_MS = 3000;
/** When the length of a pass can first be told from its beginning. */
const SETTLED_MS = 250;
/** The alone pass needs no more of the recording than this. */
const ALONE_MS = 3000;
/** The sampled pass goes through at most so much at once. */
const SAMPLED_SECONDS = 30;
const SAMPLED_SEGMENTS = 4;
const DENSE_INTERVAL_US = 100;

/** The passes of a run, one after another. */
export async function measure(options: MeasureOptions): Promise<Measured> {
  const { request, source, pipeline } = options;
  const segments = gridOf(source.frames, source.sampleRate, pipeline.blockFrames, request.segmentSeconds);
  const setting: PassSetting = {
    source,
    pipeline,
    segments,
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
  if (workers.used > 1 && !waits && !options.isCancelled()) {
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
      frames: Math.min(source.frames, SAMPLED_SECONDS * source.sampleRate),
      repeats: sampled.repeats,
      sampled: true,
      samplingIntervalUs: sampled.intervalUs,
      ticks: sampled.ticks,
      spans: 0,
    });
  }
  return {
    workers,
    timed,
    alone,
    sampled,
    passes,
    decodeMs,
    sound,
    keptOnOneLane,
  };
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
  const workers = planWorkers(request.workers, options.logicalCores, many, setting.segments.length);
  try {
    while (pool.lanes.length < workers.used) await options.openLane();
    const groups = workers.used > 1 ? many : oneGroup(pipeline.stages);
    return { ...(await timedOn(pool.lanes, groups, options, setting)), workers, keptOnOneLane: null };
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal?.kind !== "needs one lane") throw error;
    const reason = `Stage "${refusal.stage ?? ""}" reads results while the recording runs, so all stages stay on one worker.`;
    const groups = oneGroup(pipeline.stages);
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
    if (groups.length > 0) {
      await runStreamPass(setting, record, { mode: "timed", lanes, groups, rendered, onSegment: sound.look });
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
    rendered: null,
    isOver: () => performance.now() - began > ALONE_MS,
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
  // V8's middle compiler forgets the lines of what it inlines, so the sampler gets a fresh thread where it doesn't. The
  // durations come from the timed pass, where everything is as in the author's own runtime.
  setFlagsFromString("--no-maglev-inlining");
  const lane = await options.openLane();
  const fileStages = pipeline.stages.flatMap(({ scope }, stage) =>
    scope === "file" && timed.stages[stage]?.asynchronous === false ? [stage] : [],
  );
  const segments: SegmentAudio[] = [];
  for (const excerpt of excerpts(setting)) segments.push(await readSegment(setting, excerpt));
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

/** The whole recording where it is short; otherwise some stretches spread over it. */
function excerpts({ source, pipeline }: PassSetting): Segment[] {
  const longest =
    Math.ceil((SAMPLED_SECONDS * source.sampleRate) / pipeline.blockFrames) * pipeline.blockFrames;
  if (source.frames <= longest) return [{ index: 0, startFrame: 0, frames: source.frames }];
  const frames = Math.ceil(longest / SAMPLED_SEGMENTS / pipeline.blockFrames) * pipeline.blockFrames;
  const stride = (source.frames - frames) / (SAMPLED_SEGMENTS - 1);
  return Array.from({ length: SAMPLED_SEGMENTS }, (_, index) => ({
    index,
    startFrame: Math.floor((index * stride) / pipeline.blockFrames) * pipeline.blockFrames,
    frames,
  }));
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
