import type { HeapFacts } from "../../core/run/measured/heap.ts";
import type { Workers } from "../../core/run/run.ts";
import { takenFallbacks } from "../../library/fallbacks.ts";
import type { MeasuredSize } from "../figures/blocks/blockSizes.ts";
import { unexplainedBlocks } from "../figures/blocks/slowBlocks.ts";
import type { PassRecord } from "../figures/pass/passRecord.ts";
import type { PassDisturbance } from "../monitor/disturbance.ts";
import { excerptsOf } from "../plan/excerpts.ts";
import { gridOf } from "../plan/grid.ts";
import type { LaneIo } from "../worker/io/laneIo.ts";
import type { LaneRemarks, Sampled } from "../worker/lane/laneProtocol.ts";
import { laneDeath } from "./failures.ts";
import { alonePass, measuredSizes, tailed } from "./passes/alonePass.ts";
import {
  ALLOCATION_ROUNDS,
  ALLOCATIONS_MS,
  allocationPass,
  type AllocationPass,
} from "./passes/allocationPass.ts";
import { countedPass, type CountedRun } from "./passes/countedPass.ts";
import { describePass, describeRecord, type MeasuredPass } from "./passes/describePass.ts";
import { keptWhenEnded, type MeasureOptions, type PassOptions } from "./passes/measureOptions.ts";
import type { PassSetting } from "./passes/passSteps.ts";
import { PROBE_MS, probePass, type ProbedBlocks } from "./passes/probePass.ts";
import { sampledPass, type SampledRun } from "./passes/sampledPass.ts";
import type { SoundFaults } from "./passes/soundFaults.ts";
import { LONG_PASS_MS, timedPass } from "./passes/timedPass.ts";

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
  /** After the stage that somebody asked about; else why it couldn't be read. Null where nobody asked, or it was cancelled. */
  readonly heap: HeapFacts | Error | null;
  /** Null where it wasn't asked for, or was cancelled. */
  readonly counted: CountedRun | null;
  readonly passes: readonly MeasuredPass[];
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

/** The passes of a run, one after another. */
export async function measure(given: MeasureOptions): Promise<Measured> {
  let died: Error | null = null;
  // What ends a worker would end it again: what was measured until then is kept, as after a cancel.
  const options: PassOptions = {
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
  const passes: MeasuredPass[] = [];
  const { timed, workers, keptOnOneLane, sound, io, ...ended } = await timedPass(options, setting);
  died = ended.died;
  const disturbances = [...ended.disturbances];
  let { repeats: disturbedRepeats } = ended;
  // Later passes read the recording again.
  const decodeMs = setting.decoding.ms;
  const isSampledItself = timed.sampled !== null;
  passes.push(describeRecord("timed", timed, { workers: workers.used, sampled: isSampledItself }));
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
    if (alone) passes.push(describeRecord("alone", alone));
    disturbances.push(...(kept?.disturbances ?? []));
    disturbedRepeats += kept?.repeats ?? 0;
  }
  const beside = request.jobs > 1 || waits;
  const otherSizes = beside ? [] : await measuredSizes(options, setting, passes);
  const probed = beside ? null : await probe(options, aloneSetting, alone ?? timed);
  if (probed) passes.push(describeRecord("probe", probed.record, { repeats: probed.repeats }));
  // From here on other lanes measure, and what these hold of a long recording would come on top.
  if (!options.isCancelled()) options.pool.rest();
  const isLong = timed.workMs / workers.used > LONG_PASS_MS;
  let sampled: SampledRun | null = null;
  if (request.measure.sampling && !waits && !(isLong && isSampledItself) && !options.isCancelled()) {
    sampled = await keptWhenEnded(options, sampledPass(options, setting, timed));
  }
  if (sampled) {
    const { began, wallMs, repeats, intervalUs, ticks } = sampled;
    const frames = excerptsOf(source, pipeline.blockFrames).reduce((sum, one) => sum + one.frames, 0);
    passes.push(
      describePass({
        kind: "sampled",
        began,
        wallMs,
        frames,
        repeats,
        sampled: true,
        samplingIntervalUs: intervalUs,
        ticks,
      }),
    );
  }
  // Stages that wait are asked only for their heap: other work comes between what they allocate.
  const allocates = request.measure.memory && !waits;
  let allocations: AllocationPass | null = null;
  if ((allocates || request.measure.heapAfter !== null) && !options.isCancelled()) {
    allocations = await keptWhenEnded(options, allocationPassOf(options, setting));
    if (allocations) {
      const { began, wallMs, frames } = allocations;
      passes.push(describePass({ kind: "allocations", began, wallMs, frames, repeats: ALLOCATION_ROUNDS }));
    }
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
    allocated: allocates ? allocations : null,
    heap: allocations?.heap ?? null,
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
async function remarksOf(options: PassOptions): Promise<LaneRemarks> {
  const lanes = options.isCancelled() ? [] : options.pool.lanes;
  const asked = Promise.all(lanes.map(({ channel }) => channel.call("remarks", null)));
  const told = (await keptWhenEnded(options, asked)) ?? [];
  const fallbacks = [...takenFallbacks(), ...told.flatMap((one) => one.fallbacks)];
  return {
    fallbacks: [...new Map(fallbacks.map((fallback) => [fallback.wanted, fallback])).values()],
    changedGlobals: [...new Set(told.flatMap((one) => one.changedGlobals))],
    remembered: told.flatMap((one) => one.remembered),
  };
}

/** Null where no block needs explaining, or nobody wants it explained. */
async function probe(
  options: PassOptions,
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
