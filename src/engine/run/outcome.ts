import { callTreeOf } from "../../core/callTree/callTree.ts";
import type { FactoryPlace, Outlines } from "../../core/callTree/frames.ts";
import { ticksTree } from "../../core/callTree/ticksTree.ts";
import {
  RUN_FORMAT,
  RUN_VERSION,
  type Deadline,
  type Machine,
  type MemoryFacts,
  type Pass,
  type Run,
  type Runtime,
  type StageFigures,
  type Totals,
} from "../../core/run/run.ts";
import { NOT_LOOKED_AT } from "../../core/run/readRun.ts";
import { Durations } from "../../core/durations.ts";
import type { Disturbance } from "../../core/run/measured/disturbance.ts";
import type { IoFacts } from "../../core/run/measured/io.ts";
import type { TimeSeries } from "../../core/run/measured/series.ts";
import { histogramOf, percentilesOf } from "../../core/statistics.ts";
import { speedOf, type Hertz, type Milliseconds } from "../../core/units.ts";
import { CANCELLED_EARLY, type ProfileOutcome, type ProfileRequest } from "../../protocol/engine.ts";
import type { AudioSource } from "../audio/audioSource.ts";
import { Failure } from "../failure.ts";
import { decodeTicks } from "../figures/lines/decodeTicks.ts";
import { countsOf } from "../figures/lines/counts.ts";
import { ioFacts } from "../figures/io.ts";
import { lineFigures } from "../figures/lines/lineFigures.ts";
import type { PassRecord } from "../figures/pass/passRecord.ts";
import type { LoadedSource, SourceTable } from "../modules/sourceTable.ts";
import type { MonitorCost } from "../monitor/monitor.ts";
import { mostDiskWait, worstOf } from "../monitor/disturbance.ts";
import { mergeTickTrees } from "../sampling/tickTreeBuilder.ts";
import { ticksByStage, withStages } from "../sampling/stageTicks.ts";
import type { LaneNote, LoadedPipeline, TickTree } from "../worker/lane/laneProtocol.ts";
import { emissionsInRun } from "./emissionsInRun.ts";
import { failureOf, type FailureNames } from "./failures.ts";
import { findingsOf } from "./findings/findings.ts";
import { findingsOfNotes } from "./findings/noteFindings.ts";
import type { Measured } from "./measure.ts";
import type { MeasuredPass } from "./passes/describePass.ts";
import { measuredBesides } from "./measuredBesides.ts";
import { rememberedResults } from "./findings/rememberedResults.ts";
import { notCounted, swallowedErrors } from "./findings/swallowedErrors.ts";

export interface OutcomeParts {
  readonly request: ProfileRequest;
  readonly source: AudioSource;
  readonly sha256: string;
  readonly machine: Machine;
  readonly pipeline: LoadedPipeline;
  readonly table: SourceTable;
  readonly measured: Measured;
  readonly notes: readonly LaneNote[];
  /** Why the pipeline runs in a process though its author didn't ask for one; null where it doesn't. */
  readonly movedBecause: string | null;
  readonly memory: MemoryFacts;
  readonly series: TimeSeries | null;
  /** Of the looks that the series and the memory marks come from, over the whole run. */
  readonly monitorCost: MonitorCost;
  readonly cancelled: boolean;
  /** Where the engine and the library lie. */
  readonly ownFolderUrl: string;
  /** When the run began, on the machine's clock and on the one that doesn't jump. */
  readonly began: Date;
  readonly beganAt: Milliseconds;
  readonly names: FailureNames;
  /** Where files go in passes that run the recording once more. */
  readonly discardFolder: string;
}

export const cancelledFailure = (): Failure => new Failure("cancelled", CANCELLED_EARLY);

/** Makes the run of what the passes gave. @throws Failure where a cancel came before anything was measured */
export function outcomeOf(parts: OutcomeParts): ProfileOutcome {
  const { request, source, pipeline, table, measured, names } = parts;
  const { pathInRun } = names;
  const { timed } = measured;
  if (timed.spans === 0 && parts.cancelled) throw cancelledFailure();
  const durationSeconds = source.frames / source.sampleRate;
  const measuredMs = (timed.frames > 0 ? timed.frames / source.sampleRate : durationSeconds) * 1000;
  const outlines: Outlines = new Map(table.sources.map(({ path, outline }) => [pathInRun(path), outline]));
  const factories = pipeline.stages.map(({ shiftedLine }): FactoryPlace | undefined => {
    const place = table.place(shiftedLine);
    return place && { file: pathInRun(place.path), line: place.line };
  });
  const ticks = ticksOfRun(measured);
  const stageTicks = ticksByStage(ticks, pipeline.stages.length);
  const roots = ticksTree(decodeTicks(ticks, table, pathInRun, parts.ownFolderUrl), outlines, factories);
  const work = pipeline.stages.map(({ name, scope }, index) => ({
    name,
    scope,
    selfMs: timed.stages[index]?.workMs ?? 0,
    ticks: stageTicks[index] ?? 0,
  }));
  const shownMs = stagesMs(parts);
  const allMs = shownMs.reduce((sum, ms) => sum + ms, 0);
  const waitedMs = new Map(work.map(({ selfMs }, stage) => [stage, (shownMs[stage] ?? 0) - selfMs]));
  const msPerTick = work.map(({ selfMs, ticks: count }) => (count > 0 ? selfMs / count : 0));
  const unsampled = new Map(
    work.flatMap(({ selfMs, ticks: count }, stage) => (count === 0 && selfMs > 0 ? [[stage, selfMs]] : [])),
  );
  const sampledHow = measured.sampled ? "sampledApart" : "sampledWhileTimed";
  const lines = lineFigures(roots, outlines, work, { allMs, audioMs: measuredMs, sampled: sampledHow });
  const counted = measured.counted?.found;
  const counting = { roots, outlines, stages: work, lines, measuredFrames: timed.frames, pathInRun };
  const sources = orderedSources(parts);
  const stages = stageFigures(parts, sources[0], stageTicks, factories, measuredMs);
  const alone = request.jobs === 1 ? (measured.alone ?? timed) : null;
  const totals = totalsOf(timed, allMs, alone, pipeline, source, measuredMs);

  const besides = measuredBesides(parts, stages);
  const run: Run = {
    format: RUN_FORMAT,
    version: RUN_VERSION,
    id: `${parts.began.toISOString().replaceAll(":", "-")}-${parts.sha256.slice(0, 8)}`,
    time: parts.began.toISOString(),
    state: parts.cancelled || measured.died ? "cancelled" : "complete",
    waveflame: request.waveflame,
    machine: parts.machine,
    runtime: runtimeOf(request, pipeline),
    audio: {
      path: pathInRun(request.audio),
      frames: source.frames,
      sampleRate: source.sampleRate,
      channels: source.channelCount,
      sha256: parts.sha256,
      durationSeconds,
      encoding: source.encoding,
      decodeMs: source.decodeMs + measured.decodeMs,
    },
    pipeline: {
      name: pipeline.name,
      file: pathInRun(sources[0]?.path ?? request.pipeline),
      blockFrames: pipeline.blockFrames,
      segmentSeconds: request.segmentSeconds,
      parameters: Object.assign({}, ...pipeline.stages.map(qualified)) as Run["pipeline"]["parameters"],
      changed: pipeline.stages.flatMap(({ name, changed }) => changed.map((key) => `${name}.${key}`)),
      files: sources.map(({ path, sha256 }) => ({ file: pathInRun(path), sha256 })),
    },
    workers: measured.workers,
    memory: parts.memory,
    passes: measured.passes.map((pass) => finished(pass, parts)),
    totals,
    stages,
    lines,
    callTree: callTreeOf(roots, msPerTick, unsampled, waitedMs),
    results: emissionsInRun(timed.emissions, pipeline),
    ...NOT_LOOKED_AT,
    ...besides,
    counts: counted ? countsOf(counted, counting) : null,
    io: ioOf(parts),
    series: parts.series,
    disturbance: disturbanceOf(measured),
    variants: [],
    findings: [
      ...findingsOf({
        ...parts,
        ...besides,
        stages,
        totals,
        clockDriftMs: clockDrift(parts),
        why: (death) => failureOf(death, table, names),
      }),
      ...findingsOfNotes(parts.notes, table, pathInRun),
      ...swallowedErrors(measured.counted, pipeline, pathInRun),
      ...notCounted(measured.counted),
      ...rememberedResults(measured, { ...parts, pathInRun }),
    ],
  };
  return {
    run,
    sources: sources.map(({ path, sha256, original }) => ({ file: pathInRun(path), sha256, text: original })),
  };
}

const clockDrift = ({ began, beganAt }: OutcomeParts): Milliseconds =>
  Date.now() - began.getTime() - (performance.now() - beganAt);

/** What a stage's time is, by the clock that was asked for. */
const stagesMs = ({ measured: { timed }, request }: OutcomeParts): Milliseconds[] =>
  timed.stages.map(({ workMs, wallMs }) => (request.measure.clock === "wall" ? wallMs : workMs));

/** A stage's ticks come from the sampled pass, or where it wasn't repeated from the timed one. */
function ticksOfRun({ sampled, timed }: Measured): TickTree {
  const whileTimed = mergeTickTrees(timed.sampled ? [timed.sampled.tree] : []);
  if (!sampled) return whileTimed;
  const repeated = new Set(sampled.tree.stage);
  return mergeTickTrees([sampled.tree, withStages(whileTimed, (stage) => !repeated.has(stage))]);
}

/** The pipeline's own file first. */
function orderedSources({ table, request, names: { pathInRun } }: OutcomeParts): LoadedSource[] {
  const own = pathInRun(request.pipeline);
  const isOwn = ({ path }: LoadedSource): boolean => pathInRun(path) === own;
  const first = table.sources.filter(isOwn);
  // Through a link the file has another path; it was loaded first.
  return first.length > 0 ? [...first, ...table.sources.filter((one) => !isOwn(one))] : [...table.sources];
}

const runtimeOf = (request: ProfileRequest, { node, v8 }: LoadedPipeline): Runtime => ({
  source: request.runtimeSource,
  node,
  v8,
});

const qualified = ({ name, parameters }: LoadedPipeline["stages"][number]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(parameters).map(([key, value]) => [`${name}.${key}`, value]));

function stageFigures(
  parts: OutcomeParts,
  own: LoadedSource | undefined,
  ticks: readonly number[],
  factories: readonly (FactoryPlace | undefined)[],
  audioMs: number,
): StageFigures[] {
  const { pipeline, measured, request, names } = parts;
  const { timed, alone } = measured;
  const { pathInRun } = names;
  const times = stagesMs(parts);
  const allMs = times.reduce((sum, ms) => sum + ms, 0) || 1;
  return pipeline.stages.map(({ name, scope, variant, variants, latencyFrames, warmUp }, index) => {
    const tally = timed.stages[index];
    const blocks = ((alone?.stages[index]?.calls ?? 0) > 0 ? alone : timed)?.stages[index]?.blocks;
    const blockTimes = blocks ?? new Durations();
    const selfMs = times[index] ?? 0;
    const load = selfMs / audioMs;
    const place =
      own && Object.hasOwn(own.outline.stages, name)
        ? { file: pathInRun(own.path), line: own.outline.stages[name] ?? 1 }
        : (factories[index] ?? nowhere(request, pathInRun));
    return {
      name,
      ...place,
      scope,
      variant,
      variants,
      latencyFrames,
      warmUpSeconds: warmUp,
      asynchronous: tally?.asynchronous ?? false,
      calls: tally?.calls ?? 0,
      selfMs,
      wallMs: tally?.wallMs ?? 0,
      createMs: tally?.createMs ?? 0,
      share: selfMs / allMs,
      load,
      speed: load > 0 ? speedOf(load) : null,
      block: percentilesOf(blockTimes),
      histogram: histogramOf(blockTimes),
      ticks: Math.round(ticks[index] ?? 0),
    };
  });
}

function ioOf({ measured: { io, disturbances }, pipeline, names }: OutcomeParts): IoFacts | null {
  const stageName = (stage: number): string | undefined => pipeline.stages[stage]?.name;
  return io && ioFacts(io, { pathInRun: names.pathInRun, stageName }, mostDiskWait(disturbances));
}

const disturbanceOf = ({ disturbances, disturbedRepeats }: Measured): Disturbance | null =>
  disturbances.length === 0 ? null : worstOf(disturbances, disturbedRepeats);

const nowhere = (request: ProfileRequest, pathInRun: (path: string) => string): FactoryPlace => ({
  file: pathInRun(request.pipeline),
  line: 1,
});

function totalsOf(
  timed: PassRecord,
  stagesTime: Milliseconds,
  alone: PassRecord | null,
  { blockFrames }: LoadedPipeline,
  { sampleRate }: AudioSource,
  audioMs: number,
): Totals {
  const load = timed.wallMs / audioMs;
  const budgetMs = (blockFrames / sampleRate) * 1000;
  return {
    wallMs: timed.wallMs,
    stagesMs: stagesTime,
    load,
    speed: speedOf(load),
    deadline: alone && deadlineOf(alone, sampleRate, budgetMs),
  };
}

function deadlineOf(
  { blocks: { all: blocks }, frames, overruns, peakLoad, waited }: PassRecord,
  sampleRate: Hertz,
  budgetMs: Milliseconds,
): Deadline | null {
  // Where there are file stages alone, blocks cost nothing.
  if (blocks.sum === 0 || waited) return null;
  return {
    budgetMs,
    blocks: blocks.count,
    overruns,
    averageLoad: blocks.sum / (frames / sampleRate) / 1000,
    peakLoad,
    block: percentilesOf(blocks),
    histogram: histogramOf(blocks),
  };
}

function finished(
  { began, ...pass }: MeasuredPass,
  { pipeline: { nsPerSpan }, measured: { timed, alone }, beganAt }: OutcomeParts,
): Pass {
  const spansMs = (pass.spans * nsPerSpan) / 1e6;
  const workMs = pass.kind === "alone" ? (alone?.workMs ?? 0) : timed.workMs;
  return {
    ...pass,
    startedMs: began === null ? null : began - beganAt,
    overhead: { nsPerSpan, spansMs, share: workMs > 0 ? spansMs / workMs : 0 },
  };
}
