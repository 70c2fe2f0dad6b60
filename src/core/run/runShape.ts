import {
  also,
  anyFields,
  anyList,
  fields,
  list,
  number,
  oneOf,
  optional,
  orNull,
  positive,
  simple,
  text,
  wholeFrom,
  yesOrNo,
  type Check,
  type Flaw,
} from "./check.ts";
import { blockSizesShape } from "./measured/blockSizes.ts";
import { collectionsShape } from "./measured/collections.ts";
import { countsShape } from "./measured/counts.ts";
import { disturbanceShape } from "./measured/disturbance.ts";
import { heapShape } from "./measured/heap.ts";
import { importedShape } from "./measured/imported.ts";
import { ioShape } from "./measured/io.ts";
import { measurementsShape } from "./measured/measurements.ts";
import { poolShape } from "./measured/pool.ts";
import { seriesShape } from "./measured/series.ts";
import { slowBlocksShape } from "./measured/slowBlocks.ts";
import { stageMemoryShape } from "./measured/stageMemory.ts";
import { histogramShape, percentilesShape } from "./measured/times.ts";
import { orUnknown } from "./orUnknown.ts";
import { RUN_FORMAT, RUN_VERSION } from "./run.ts";
import type {
  Audio,
  CallTree,
  CallTreeFunction,
  Deadline,
  Emission,
  Finding,
  FindingKind,
  FindingPlace,
  Gpu,
  FoldedTime,
  LineFigures,
  Machine,
  MemoryEvent,
  MemoryFacts,
  Overhead,
  Pass,
  PipelineFacts,
  Run,
  Runtime,
  SourceFile,
  StageFigures,
  Totals,
  Workers,
} from "./run.ts";
import type {
  BlockSizeRefusal,
  ResponseBand,
  ResultsComparison,
  SoundComparison,
  SoundDifference,
  SoundLevel,
  VariantFigures,
  VariantStage,
} from "../variants/variants.ts";

const count = wholeFrom(0);
const line = wholeFrom(1);
const numberOrUnknown = orUnknown(number, "a number");

/** It is a file's name too. */
const id = simple<string>(
  "the name of a saved run",
  (value) => typeof value === "string" && /^\w[\w.-]*$/.test(value),
);
const time = simple<string>(
  "a time",
  (value) => typeof value === "string" && !Number.isNaN(Date.parse(value)),
);

const machine = fields<Machine>({
  platform: text,
  architecture: text,
  cpu: text,
  frequencyGHz: numberOrUnknown,
  physicalCores: numberOrUnknown,
  logicalCores: count,
  memoryGB: number,
  disk: oneOf("SSD", "HDD", "unknown"),
  gpus: orUnknown(
    list(fields<Gpu>({ name: text, memoryMB: numberOrUnknown })),
    "a list of graphics processors",
  ),
  simd: orUnknown(list(text), "a list of names"),
});

const runtime = fields<Runtime>({
  source: oneOf("path", "editor", "setting", "command line", "checkout"),
  node: text,
  v8: text,
});

const audio = fields<Audio>({
  path: text,
  frames: count,
  sampleRate: positive,
  channels: count,
  sha256: text,
  durationSeconds: number,
  encoding: text,
  decodeMs: number,
});

const pipeline = fields<PipelineFacts>({
  name: text,
  file: text,
  blockFrames: positive,
  segmentSeconds: positive,
  parameters: anyFields(),
  changed: orNull(list(text)),
  files: list(fields<SourceFile>({ file: text, sha256: text })),
});

const workers = fields<Workers>({ used: count, asked: orNull(count), byRule: count, reason: text });

const memory = fields<MemoryFacts>({
  peakMB: number,
  highWaterMB: number,
  criticalMB: number,
  readAheadFrames: count,
  events: list(
    fields<MemoryEvent>({
      kind: oneOf("high-water", "critical"),
      atMs: number,
      residentMB: number,
      readAheadFrames: count,
    }),
  ),
});

const pass = fields<Pass>({
  kind: oneOf("timed", "alone", "sampled", "counted", "allocations", "probe", "sizes"),
  startedMs: orNull(number),
  wallMs: number,
  workers: count,
  frames: count,
  repeats: count,
  sampled: yesOrNo,
  samplingIntervalUs: orNull(number),
  ticks: number,
  spans: number,
  overhead: fields<Overhead>({ nsPerSpan: number, spansMs: number, share: number }),
});

const deadline = fields<Deadline>({
  budgetMs: number,
  blocks: count,
  overruns: count,
  averageLoad: number,
  peakLoad: number,
  block: percentilesShape,
  histogram: histogramShape,
});

const totals = fields<Totals>({
  wallMs: number,
  stagesMs: number,
  load: number,
  speed: number,
  deadline: orNull(deadline),
});

const stage = fields<StageFigures>({
  name: text,
  file: text,
  line,
  scope: oneOf("stream", "block", "file"),
  variant: orNull(text),
  variants: list(text),
  latencyFrames: number,
  warmUpSeconds: orNull(number),
  asynchronous: yesOrNo,
  calls: count,
  selfMs: number,
  wallMs: number,
  createMs: number,
  share: number,
  load: number,
  speed: orNull(number),
  block: percentilesShape,
  histogram: histogramShape,
  ticks: number,
});

const functionKind = oneOf("source", "package", "runtime", "collector", "profiler", "wasm");

const lineFigures = fields<LineFigures>({
  file: text,
  line,
  stage: text,
  selfMs: number,
  totalMs: number,
  share: number,
  error: number,
  load: number,
  ticks: number,
  folded: list(fields<FoldedTime>({ name: text, file: text, kind: functionKind, ms: number })),
});

const callTree = fields<CallTree>({
  kind: list(oneOf(0, 1, 2)),
  parent: list(wholeFrom(-1)),
  stage: list(count),
  function: list(wholeFrom(-1)),
  line: list(count),
  selfMs: list(number),
  functions: list(
    fields<CallTreeFunction>({
      name: text,
      file: text,
      line: count,
      kind: functionKind,
    }),
  ),
});

const finding = fields<Finding>({
  // A newer Waveflame may find what this one doesn't know; its text says all.
  kind: text as Check<FindingKind>,
  severity: oneOf("error", "warning", "information"),
  text,
  where: orNull(
    fields<FindingPlace>({
      variant: optional(text),
      stage: optional(text),
      file: optional(text),
      line: optional(line),
      time: optional(number),
    }),
  ),
});

const level = fields<SoundLevel>({
  rmsDb: orNull(number),
  peakDb: orNull(number),
  crestDb: orNull(number),
});

const comparison = fields<SoundComparison>({
  blockFrames: count,
  comparedSeconds: number,
  unmatchedFrames: count,
  heldBackFrames: count,
  notNumbers: count,
  difference: fields<SoundDifference>({ peakDb: orNull(number), rmsDb: orNull(number), at: orNull(number) }),
  correlation: orNull(number),
  level,
  referenceLevel: level,
  response: list(fields<ResponseBand>({ frequency: number, differenceDb: number })),
});

const variant = fields<VariantFigures>({
  name: orNull(text),
  stagesMs: number,
  load: number,
  speed: orNull(number),
  peakMemoryMB: number,
  stages: list(fields<VariantStage>({ name: text, variant: orNull(text), selfMs: number })),
  sound: list(comparison),
  refusals: list(fields<BlockSizeRefusal>({ blockFrames: count, reason: text })),
  results: fields<ResultsComparison>({
    numbers: count,
    largestDifference: number,
    different: orNull(text),
  }),
});

/** All that the views, the annotations and the terminal count on. Nobody here reads what stages emitted. */
export const runShape: Check<Run> = also(
  fields<Run>({
    format: oneOf(RUN_FORMAT),
    version: oneOf(RUN_VERSION),
    id,
    time,
    state: oneOf("complete", "cancelled"),
    waveflame: text,
    machine,
    runtime,
    audio,
    pipeline,
    workers,
    passes: list(pass),
    memory: orNull(memory),
    totals,
    stages: list(stage),
    lines: list(lineFigures),
    callTree,
    results: anyList<Emission>(),
    findings: list(finding),
    variants: list(variant),
    measurements: orNull(measurementsShape),
    counts: orNull(countsShape),
    stageMemory: orNull(stageMemoryShape),
    collections: orNull(collectionsShape),
    io: orNull(ioShape),
    pool: orNull(poolShape),
    series: orNull(seriesShape),
    blockSizes: blockSizesShape,
    slowBlocks: orNull(slowBlocksShape),
    disturbance: orNull(disturbanceShape),
    heap: orNull(heapShape),
    imported: orNull(importedShape),
  }),
  (run) => treeFlaw(run.callTree, run.stages.length),
);

/** Columns of equal length, parents before their children, indexes that lead somewhere. */
function treeFlaw(tree: CallTree, stages: number): Flaw | null {
  const { kind, parent, functions } = tree;
  for (const column of ["parent", "stage", "function", "line", "selfMs"] as const) {
    if (tree[column].length !== kind.length) {
      return { path: `.callTree.${column}`, what: `isn't as long as "callTree.kind"` };
    }
  }
  const flawAt = (column: string, node: number, what: string): Flaw => ({
    path: `.callTree.${column}[${node}]`,
    what,
  });
  for (let node = 0; node < kind.length; node++) {
    const above = parent[node] ?? -1;
    if (above >= node) return flawAt("parent", node, "isn't an earlier node");
    if (above < 0 !== (kind[node] === 0)) return flawAt("parent", node, "doesn't fit the node's kind");
    if ((tree.stage[node] ?? 0) >= stages) return flawAt("stage", node, "isn't one of the stages");
    if ((tree.function[node] ?? -1) >= functions.length) {
      return flawAt("function", node, "isn't one of the functions");
    }
  }
  return null;
}
