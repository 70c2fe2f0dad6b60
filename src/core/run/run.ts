import type {
  Base1Line,
  Frames,
  Hertz,
  Load,
  Microseconds,
  Milliseconds,
  Seconds,
  Share,
  Speed,
} from "../units.ts";
import type { VariantFigures } from "../variants/variants.ts";
import type { BlockSizeFigures } from "./measured/blockSizes.ts";
import type { Collections } from "./measured/collections.ts";
import type { Counts } from "./measured/counts.ts";
import type { Disturbance } from "./measured/disturbance.ts";
import type { HeapFacts } from "./measured/heap.ts";
import type { Imported } from "./measured/imported.ts";
import type { IoFacts } from "./measured/io.ts";
import type { Measurements } from "./measured/measurements.ts";
import type { PoolFacts } from "./measured/pool.ts";
import type { TimeSeries } from "./measured/series.ts";
import type { SlowBlocks } from "./measured/slowBlocks.ts";
import type { StageMemoryFacts } from "./measured/stageMemory.ts";
import type { Histogram, Percentiles } from "./measured/times.ts";
import type { OrUnknown } from "./orUnknown.ts";

/**
 * One measured execution, as it is saved. `docs/run-format.md` describes every field; a change of meaning raises
 * `RUN_VERSION` and adds an upgrader to `readRun.ts`.
 */
export const RUN_FORMAT = "waveflame-run";
export const RUN_VERSION = 1;

export interface Run {
  readonly format: typeof RUN_FORMAT;
  readonly version: typeof RUN_VERSION;
  /** Time and audio hash make it unique: `2026-11-21T10-58-03.123Z-3f9c2a1b`. It is also the saved file's name. */
  readonly id: string;
  /** When the run began, ISO 8601 in UTC. */
  readonly time: string;
  /** A cancelled run holds what was measured until then. */
  readonly state: "complete" | "cancelled";
  /** The version of Waveflame that measured. */
  readonly waveflame: string;
  readonly machine: Machine;
  readonly runtime: Runtime;
  readonly audio: Audio;
  readonly pipeline: PipelineFacts;
  readonly workers: Workers;
  readonly passes: readonly Pass[];
  /** Null in runs of versions that didn't look. */
  readonly memory: MemoryFacts | null;
  /** Of the whole run; elapsed time, not summed over threads. */
  readonly totals: Totals;
  /** In the order in which the pipeline names them. */
  readonly stages: readonly StageFigures[];
  /** One entry per file, line and stage; sorted by `selfMs`, longest first. */
  readonly lines: readonly LineFigures[];
  readonly callTree: CallTree;
  /** What the timed pass emitted, in order of time. */
  readonly results: readonly Emission[];
  readonly findings: readonly Finding[];
  /** Where all variants were profiled: the one as written first, which this run is of; otherwise empty. */
  readonly variants: readonly VariantFigures[];
  /** What was measured and what that cost; null, as the fields below, in runs of versions that didn't look. */
  readonly measurements: Measurements | null;
  readonly counts: Counts | null;
  readonly stageMemory: StageMemoryFacts | null;
  readonly collections: Collections | null;
  readonly io: IoFacts | null;
  readonly pool: PoolFacts | null;
  readonly series: TimeSeries | null;
  /** By block size, smallest first; empty where no block was measured alone. */
  readonly blockSizes: readonly BlockSizeFigures[];
  readonly slowBlocks: SlowBlocks | null;
  readonly disturbance: Disturbance | null;
  /** Only where it was asked for. */
  readonly heap: HeapFacts | null;
  /** Another tool's profile, opened as a run; null where Waveflame measured. */
  readonly imported: Imported | null;
}

export interface Machine {
  /** `linux`, `darwin` or `win32`, with the release: `linux 6.1`. */
  readonly platform: string;
  readonly architecture: string;
  readonly cpu: OrUnknown<string>;
  readonly frequencyGHz: OrUnknown<number>;
  readonly physicalCores: OrUnknown<number>;
  readonly logicalCores: number;
  readonly memoryGB: number;
  readonly disk: OrUnknown<"SSD" | "HDD">;
  readonly gpus: OrUnknown<readonly Gpu[]>;
  /** Lower-case names as the processor's flags spell them: `sse4_2`, `avx2`, `neon`. */
  readonly simd: OrUnknown<readonly string[]>;
}

export interface Gpu {
  readonly name: string;
  readonly memoryMB: OrUnknown<number>;
}

export interface Runtime {
  /**
   * Whose Node ran the pipeline: the one on the PATH, the editor's own, the one a setting names, the one that
   * `--runtime` names or that runs the command line, or the one that a checkout of Waveflame brings.
   */
  readonly source: "path" | "editor" | "setting" | "command line" | "checkout";
  /** `24.21.0` */
  readonly node: string;
  readonly v8: string;
}

export interface Audio {
  /** Relative to the workspace with `/`, absolute outside it. */
  readonly path: string;
  readonly frames: Frames;
  readonly sampleRate: Hertz;
  /** How many there are. */
  readonly channels: number;
  readonly sha256: string;
  readonly durationSeconds: Seconds;
  /** `WAV, 16-bit PCM` */
  readonly encoding: string;
  /** Time to read and decode it, beside the stages and outside their shares. */
  readonly decodeMs: Milliseconds;
}

export interface PipelineFacts {
  readonly name: string;
  /** The file that names the stages; as `path` of {@link Audio}. */
  readonly file: string;
  readonly blockFrames: Frames;
  readonly segmentSeconds: Seconds;
  readonly parameters: Readonly<Record<string, number | boolean | string>>;
  /** Names of those that got another value than their stage declares; null in runs of versions that didn't look. */
  readonly changed: readonly string[] | null;
  /** Every file outside node_modules that was loaded, `file` first. */
  readonly files: readonly SourceFile[];
}

export interface SourceFile {
  readonly file: string;
  readonly sha256: string;
}

export interface Workers {
  readonly used: number;
  /** Null where neither the setting nor the command line says how many. */
  readonly asked: number | null;
  /** What the rule of V8 gives for this machine. */
  readonly byRule: number;
  /** One sentence. */
  readonly reason: string;
}

/** Of the engine's process with its workers, and of the processes that it started. */
export interface MemoryFacts {
  /** The most that was resident at once, looked at ten times a second. */
  readonly peakMB: number;
  /** Above it less was read ahead; above `criticalMB` everything that could be given up was. */
  readonly highWaterMB: number;
  readonly criticalMB: number;
  /** How much of the recording might be read ahead at the end, over all workers. */
  readonly readAheadFrames: Frames;
  readonly events: readonly MemoryEvent[];
}

export interface MemoryEvent {
  /** high-water: the read-ahead was halved · critical: what was read ahead was dropped, and garbage collected. */
  readonly kind: "high-water" | "critical";
  /** Since the run began. */
  readonly atMs: Milliseconds;
  readonly residentMB: number;
  /** From then on. */
  readonly readAheadFrames: Frames;
}

export type PassKind = "timed" | "alone" | "sampled" | "counted" | "allocations" | "probe" | "sizes";

export interface Pass {
  /**
   * timed: the recording through all stages, on as many workers as can share it · alone: one worker by itself, for the
   * deadlines, where the timed pass used several · sampled: repeated with the sampler on, for the shares · counted: an
   * excerpt with every line counted · allocations: an excerpt under the heap sampler · probe: one worker alone once more, with
   * faint noise against denormal numbers · sizes: one worker alone, in blocks of another size.
   */
  readonly kind: PassKind;
  /** Since the run began; null in older runs. */
  readonly startedMs: Milliseconds | null;
  readonly wallMs: Milliseconds;
  readonly workers: number;
  readonly frames: Frames;
  readonly repeats: number;
  /** True where the sampler ran in this pass, so that its durations hold the sampler's cost too. */
  readonly sampled: boolean;
  readonly samplingIntervalUs: Microseconds | null;
  readonly ticks: number;
  /** Stage calls timed. */
  readonly spans: number;
  readonly overhead: Overhead;
}

/** What the profiler itself cost in a pass: counted spans times one span's measured cost, and the sampler's share. */
export interface Overhead {
  readonly nsPerSpan: number;
  readonly spansMs: Milliseconds;
  /** Of the measured stage time, 0–1. */
  readonly share: Share;
}

export interface Totals {
  /** The timed pass, elapsed. */
  readonly wallMs: Milliseconds;
  /** All stages, summed over threads. */
  readonly stagesMs: Milliseconds;
  readonly load: Load;
  readonly speed: Speed;
  /**
   * Of one worker alone: the deadline figures. Null where no block was measured, where stages that
   * blocks go through wait for promises, or beside other runs.
   */
  readonly deadline: Deadline | null;
}

export interface Deadline {
  /** How long a block lasts at its sample rate. */
  readonly budgetMs: Milliseconds;
  readonly blocks: number;
  readonly overruns: number;
  readonly averageLoad: Load;
  readonly peakLoad: Load;
  readonly block: Percentiles;
  readonly histogram: Histogram;
}

export type Scope = "stream" | "block" | "file";

export interface StageFigures {
  readonly name: string;
  /** Where the pipeline defines it. */
  readonly file: string;
  readonly line: Base1Line;
  readonly scope: Scope;
  /** The implementation that ran; null for the one as written. */
  readonly variant: string | null;
  /** All that it has besides the one as written. */
  readonly variants: readonly string[];
  /** How many frames later its sound comes out. */
  readonly latencyFrames: Frames;
  /** How much of what came before a segment it hears, where it begins anew at each; null where it hears all in order. */
  readonly warmUpSeconds: Seconds | null;
  /** True where a call returned a promise. */
  readonly asynchronous: boolean;
  readonly calls: number;
  /** Work, summed over threads; waiting for a promise isn't work. */
  readonly selfMs: Milliseconds;
  /** From each call to its end, waiting included. */
  readonly wallMs: Milliseconds;
  /** Time in the factory, outside selfMs. */
  readonly createMs: Milliseconds;
  /** Of all measured stage time. */
  readonly share: Share;
  readonly load: Load;
  /** Null where nothing took measurable time. */
  readonly speed: Speed | null;
  readonly block: Percentiles;
  /** Of one worker alone, as `block`. */
  readonly histogram: Histogram;
  readonly ticks: number;
}

export interface LineFigures {
  readonly file: string;
  readonly line: Base1Line;
  /** A name in `stages`. */
  readonly stage: string;
  readonly selfMs: Milliseconds;
  /** Self and everything the line called. */
  readonly totalMs: Milliseconds;
  /** selfMs as a part of all measured stage time. */
  readonly share: Share;
  /** Half-width of the 95 % interval of `share`: chance and bias. */
  readonly error: Share;
  readonly load: Load;
  readonly ticks: number;
  /** Of `selfMs`, what ran in packages and in Node: the functions called there that took longest. */
  readonly folded: readonly FoldedTime[];
}

/** A function without a source in the workspace, with all that it called. */
export interface FoldedTime {
  readonly name: string;
  /** As of {@link CallTreeFunction}. */
  readonly file: string;
  readonly kind: FunctionKind;
  readonly ms: Milliseconds;
}

/**
 * The merged call tree, in columns: node i has `parent[i]` (−1 for a stage's root, always less than i). A node is a
 * stage (`kind` 0), a function (1), or a source line inside its parent function (2).
 */
export interface CallTree {
  readonly kind: readonly (0 | 1 | 2)[];
  readonly parent: readonly number[];
  /** Index into `stages` of the run. */
  readonly stage: readonly number[];
  /** Index into `functions`; −1 for a stage. Of the enclosing function for a line. */
  readonly function: readonly number[];
  /** Source line of a line node, from 1; 0 otherwise. */
  readonly line: readonly number[];
  readonly selfMs: readonly Milliseconds[];
  readonly functions: readonly CallTreeFunction[];
}

export interface CallTreeFunction {
  readonly name: string;
  /** Empty where there is no source: the runtime's own functions. As `path` of {@link Audio} for workspace files. */
  readonly file: string;
  /** Where it begins; 0 where unknown. */
  readonly line: number;
  readonly kind: FunctionKind;
}

/** `profiler`: what a stage calls of Waveflame's, as `emit` and `results`. */
export type FunctionKind = "source" | "package" | "runtime" | "collector" | "profiler" | "wasm";

export type Json = number | string | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface Emission {
  readonly stage: string;
  readonly name: string;
  /** Position in the recording. */
  readonly time: Seconds;
  readonly value: Json;
}

export type Severity = "error" | "warning" | "information";

/** What a finding is about, for filters and tests. A saved run may hold kinds that only a newer Waveflame knows. */
export type FindingKind =
  | "adds-up-wrongly"
  | "cancelled"
  | "changed-globals"
  | "clock-jumped"
  | "decoded-with-errors"
  | "disturbed"
  | "fallback"
  | "heap-not-read"
  | "imported-in-part"
  | "kept-on-one-worker"
  | "measured-beside-others"
  | "memory-critical"
  | "memory-grows"
  | "memory-high-water"
  | "no-variants"
  | "not-a-number-from-stage"
  | "not-a-number-in-recording"
  | "not-counted"
  | "overrun"
  | "pool-not-worth-it"
  | "process-returned-no-boolean"
  | "processors-left"
  | "ran-in-a-process"
  | "remembered-result"
  | "results-cut"
  | "same-code"
  | "sampled-while-timed"
  | "slow-blocks"
  | "sound-not-compared"
  | "source-newer-than-profile"
  | "stage-without-effect"
  | "swallowed-error"
  | "unknown-parameter"
  | "variant-failed"
  | "variant-left-out"
  | "variants-cancelled"
  | "worker-died"
  | "workspace-read-only";

export interface Finding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  /** One or two sentences: what, where, what to do. */
  readonly text: string;
  readonly where: FindingPlace | null;
}

export interface FindingPlace {
  /** Found in that variant's run alone. */
  readonly variant?: string;
  readonly stage?: string;
  readonly file?: string;
  readonly line?: Base1Line;
  readonly time?: Seconds;
}
