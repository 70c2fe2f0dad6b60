import type { MessagePort } from "node:worker_threads";
import type { Json } from "../../../core/run/run.ts";
import type { Frames, Hertz, Microseconds, Milliseconds, Seconds } from "../../../core/units.ts";
import type { RememberedResult } from "../../../library/caching/rememberedResults.ts";
import type { Fallback } from "../../../library/fallbacks.ts";
import type { LaneIo } from "../io/laneIo.ts";
import type { Allocated, AllocationJob } from "../measuring/memory/allocationPass.ts";
import type { BlockLook } from "../measuring/slowBlocks/blockLooks.ts";
import type { LaneCollection } from "../measuring/memory/collectionLog.ts";
import type { Inspection } from "../measuring/slowBlocks/inspection.ts";
import type { LaneMemoryLooks } from "../measuring/memory/memoryLooks.ts";
import type { FunctionRange } from "../../modules/counting/countedPlaces.ts";
import type { DefinedStage } from "../stages/definedStages.ts";

/**
 * A lane is one worker for the length of a run: a single piscina task that takes jobs over a port, so that a stream
 * stage's state stays where it is.
 */
export interface LaneTask {
  readonly port: MessagePort;
  readonly sources: MessagePort;
  /** Shared; see `Board`. */
  readonly board: Int32Array;
  readonly answered: Int32Array;
  readonly libraryUrl: string;
  readonly pipelineUrl: string;
  /** True for all but the first: what the pipeline prints while it is loaded is shown once. */
  readonly quiet: boolean;
  /** Files and network calls are counted. */
  readonly watchesIo: boolean;
  /** Processes that the pipeline starts are told, where the engine doesn't find them by itself. */
  readonly tellsChildren: boolean;
  /** Of the worker's own code. */
  readonly ownUrl: string;
  /** The recording's path. */
  readonly file: string;
  /** Where all files go that stages write by `outputFile`; null: beside the recording, as their names say. */
  readonly outputFolder: string | null;
  /** Takes them in passes that run the recording once more. */
  readonly discardFolder: string;
  readonly source: { readonly sampleRate: Hertz; readonly channelCount: number };
  readonly durationSeconds: Seconds;
  readonly segmentSeconds: Seconds;
  /** Null: as the pipeline says. */
  readonly blockFrames: Frames | null;
  readonly parameters: Readonly<Record<string, number | boolean | string>>;
  readonly watches: LaneWatches;
  /** When it was asked for, on the system's clock. */
  readonly openedAt: Milliseconds;
  /** V8 counts from before the pipeline is loaded: this lane stays slow, and is for nothing else. */
  readonly counts: boolean;
}

/** What a lane measures besides times. */
export interface LaneWatches {
  readonly memory: boolean;
  readonly collections: boolean;
  /** What could have slowed a block, where one worker is alone. */
  readonly causes: boolean;
  /** Where V8 logs what it takes back; null: it doesn't. */
  readonly deoptLogs: string | null;
}

/** A stage as defined, and where. */
export interface LoadedStage extends Omit<DefinedStage, "create"> {
  /** Where the factory was written, as V8 numbers it; 0 where that can't be told. */
  readonly shiftedLine: number;
}

export interface LoadedPipeline {
  readonly name: string;
  readonly blockFrames: Frames;
  readonly isolation: "thread" | "process";
  readonly stages: readonly LoadedStage[];
  /** Measured in this worker: what one span costs. */
  readonly nsPerSpan: number;
  /** What counting one file call costs; null where nobody counts them. */
  readonly nsPerFileCall: number | null;
  readonly node: string;
  readonly v8: string;
}

/** Audio on its way: one array per channel, cut into blocks of the given lengths. */
export interface SegmentAudio {
  readonly sampleRate: Hertz;
  readonly startFrame: Frames;
  readonly blocks: readonly Frames[];
  readonly channels: readonly Float32Array<ArrayBuffer>[];
}

export type PassMode =
  /** Emissions are kept. */
  | "timed"
  /** Emissions are dropped. */
  | "alone";

/** Some neighbouring stages over one piece of a segment. */
export interface Job {
  /** No other lane works on this pass, so this one knows all that earlier stages emitted. */
  readonly alone: boolean;
  readonly mode: PassMode;
  readonly from: number;
  readonly to: number;
  readonly segment: number;
  readonly audio: SegmentAudio;
  /** What a restarting stage hears before the segment; null where the lane has it from its last job. */
  readonly warmUp: SegmentAudio | null;
  /** After it a stage that restarts at each segment is done. */
  readonly endsSegment: boolean;
  /** After it all stages finish. */
  readonly last: boolean;
  /** What these stages put out is what the pipeline puts out. */
  readonly isOutput: boolean;
  /** Whether the rendered audio is needed afterwards. */
  readonly wantsAudio: boolean;
  readonly probe: Probe;
}

/** What is done beside the stages, between their calls; `none` in every pass that is timed. */
export type Probe =
  | "none"
  /** What goes in and comes out is looked at. */
  | "inspect"
  /** Each stage's input gets noise against denormal numbers. */
  | "noise";

/** Times of one stage's calls, in ms on the worker's clock. */
export interface StageSpans {
  readonly stage: number;
  readonly starts: Float64Array<ArrayBuffer>;
  readonly ends: Float64Array<ArrayBuffer>;
  /** Of each call, waiting for promises; null where no call returned one. */
  readonly waits: Float64Array<ArrayBuffer> | null;
  readonly createMs: Milliseconds;
  /** Calls of `finish`, the last ones, that aren't blocks. */
  readonly finishes: number;
}

export interface LaneEmission {
  readonly stage: number;
  readonly name: string;
  readonly time: Seconds;
  readonly value: Json | Float32Array;
}

export interface JobResult {
  readonly spans: readonly StageSpans[];
  readonly emissions: readonly LaneEmission[];
  readonly audio: SegmentAudio | null;
  /** Work of all these stages, per block given; fewer than were given where the run was cancelled. */
  readonly blockMs: Float64Array<ArrayBuffer>;
  /** When each block began, on the worker's clock. */
  readonly blockStarts: Float64Array<ArrayBuffer>;
  /** Blocks of the output that hold something that is no finite number. */
  readonly notNumbers: number;
  readonly collections: readonly LaneCollection[];
  /** Where the pass is sampled while it is timed: ticks since the last time, for each part that was told. */
  readonly sampled: readonly Sampled[];
  readonly memory: readonly LaneMemoryLooks[];
  readonly looks: readonly BlockLook[];
  /** What looking at memory, at slow blocks and at collections took, outside of all calls. */
  readonly lookedMs: {
    readonly memory: Milliseconds;
    readonly blocks: Milliseconds;
    readonly collections: Milliseconds;
  };
  /** Null where nobody asked for it. */
  readonly inspection: Inspection | null;
  readonly clock: JobClock;
}

/** When a job began and ended in its worker, on the worker's clock. */
export interface JobClock {
  readonly began: Milliseconds;
  readonly ended: Milliseconds;
  /** What makes a time on the worker's clock one on the system's, which all processes share. */
  readonly offset: Milliseconds;
  /** From when the lane was opened until its pipeline was loaded. */
  readonly startUp: Milliseconds;
}

export interface FileStageJob {
  readonly mode: PassMode;
  readonly stage: number;
  readonly emissions: readonly LaneEmission[];
  readonly endSeconds: Seconds;
}

export interface SampledJob {
  /** Segments of the recording, in the order in which they are repeated. */
  readonly segments: readonly SegmentAudio[];
  /** The stages before it see blocks; file stages come after them. */
  readonly fileStagesFrom: number;
  /** Those that didn't wait. */
  readonly fileStages: readonly number[];
  readonly emissions: readonly LaneEmission[];
  readonly endSeconds: Seconds;
  readonly intervalUs: Microseconds;
  readonly budgetMs: Milliseconds;
}

/** A merged V8 tree in columns; node i's `parent[i]` is less than i, −1 for a root. Lines are as V8 numbers them. */
export interface TickTree {
  readonly parent: readonly number[];
  readonly name: readonly string[];
  readonly url: readonly string[];
  /** Of the function's beginning, from 1. */
  readonly line: readonly number[];
  readonly stage: readonly number[];
  /** Self ticks of a node by line: node, line, ticks. Line 0: none is known. */
  readonly ticks: readonly (readonly [node: number, line: number, ticks: number])[];
}

/** Of awaited calls under the sampler, by when they started. */
export interface StageWaits {
  readonly stage: number;
  readonly starts: Float64Array<ArrayBuffer>;
  readonly waits: Float64Array<ArrayBuffer>;
}

export interface Sampled {
  readonly tree: TickTree;
  /** How often the sampler looked while a stage was at work. */
  readonly ticks: number;
  readonly intervalUs: Microseconds;
  readonly repeats: number;
  readonly wallMs: Milliseconds;
  readonly waits: readonly StageWaits[];
}

export interface LaneRemarks {
  /** Those that the library took. */
  readonly fallbacks: readonly Fallback[];
  /** What the pipeline changed of the runtime's own: `Array.prototype.map`. */
  readonly changedGlobals: readonly string[];
  /** By functions that the library caches, within passes. */
  readonly remembered: readonly RememberedResult[];
}

export interface CountedJob {
  /** Stretches of the recording; each begins it anew. */
  readonly segments: readonly SegmentAudio[];
  /** The stages before it see blocks; file stages come after them. */
  readonly fileStagesFrom: number;
  readonly fileStages: readonly number[];
  readonly emissions: readonly LaneEmission[];
  readonly endSeconds: Seconds;
  readonly budgetMs: Milliseconds;
  readonly files: readonly CountedFile[];
}

/** Where to count in a loaded text; offsets as V8 tells them. */
export interface CountedFile {
  readonly url: string;
  readonly functions: readonly CountedFunction[];
}

export interface CountedFunction extends FunctionRange {
  readonly points: readonly number[];
}

export interface Counted {
  /** What the stages were given. */
  readonly frames: Frames;
  readonly wallMs: Milliseconds;
  readonly stages: readonly CountedStage[];
  readonly again: readonly CountedAgain[];
  /** What the stages did with files meanwhile; null where nobody looks. */
  readonly io: LaneIo | null;
}

/** A stage over the first stretch, and once more by a new instance in the same thread: what it does less, it remembers. */
export interface CountedAgain {
  readonly stage: number;
  readonly first: CountedRound;
  readonly second: CountedRound;
}

/** Without the first call, which may make what all others need. */
export interface CountedRound {
  /** Of each call, over all points. */
  readonly hits: readonly number[];
  /** Of each point, over all these calls. */
  readonly times: Float64Array<ArrayBuffer>;
}

/** How often a stage came by the points of all functions of all files, in their order. */
export interface CountedStage {
  readonly stage: number;
  /** Besides the first of each stretch. */
  readonly laterCalls: number;
  readonly times: Float64Array<ArrayBuffer>;
  /** In how many of the later calls at all. */
  readonly inLaterCalls: Float64Array<ArrayBuffer>;
}

/** Offered by a lane. */
export interface LaneMethods extends Record<string, (params: never) => unknown> {
  load: (params: null) => Promise<LoadedPipeline>;
  run: (job: Job) => Promise<JobResult>;
  runFileStage: (job: FileStageJob) => Promise<JobResult>;
  /** Forgets all stages' state: the next job begins the recording again. */
  reset: (params: null) => Promise<void>;
  /** Memory is short: idle buffers, caches and garbage go. */
  cleanUp: (params: null) => void;
  /** Nothing is measured here any more: all memory that can be given back is. */
  rest: (params: null) => void;
  sample: (job: SampledJob) => Promise<Sampled>;
  measureAllocations: (job: AllocationJob) => Promise<Allocated>;
  /** On a lane that `counts` alone. */
  count: (job: CountedJob) => Promise<Counted>;
  /** Ticks of a timed pass that was sampled itself; null where it wasn't. */
  takeSamples: (params: null) => Promise<Sampled | null>;
  /** What the pipeline did with files and the network since it was last asked; null where nobody looks. */
  takeIo: (params: null) => Promise<LaneIo | null>;
  /** How long this thread was ready to run in jobs and didn't, since it was last asked; null where that can't be told. */
  takeQueued: (params: null) => Promise<Milliseconds | null>;
  /** What is told of this thread at the end. */
  remarks: (params: null) => Promise<LaneRemarks>;
}

export interface LaneNote {
  readonly kind: "processors-left" | "process-returned-no-boolean";
  readonly text: string;
  readonly stage: string;
  /** As V8 numbers it; 0 where that can't be told. */
  readonly shiftedLine: number;
}

/** Of a process that the pipeline started. */
export interface ChildNews {
  readonly pid: number;
  readonly lives: boolean;
}

/** Offered by the engine to all lanes of a run. */
export interface LaneHost {
  /** Something that a person should know of a stage; told by each lane that finds it. */
  note: (note: LaneNote) => void;
  child: (news: ChildNews) => void;
  /** The recording as rendered so far, piece by piece; null at its end. */
  rendered: (piece: number) => Promise<SegmentAudio | null>;
}

/** Offered by the engine to a lane. */
export interface LaneHostMethods extends LaneHost, Record<string, (params: never) => unknown> {
  /**
   * What a job measured since its last part, without audio and collections: told while it goes on, so that it is kept
   * where the lane dies. The job's answer holds only what came after it.
   */
  part: (part: JobResult) => void;
}

/** What comes with a refused lane call. */
export interface LaneRefusal {
  readonly kind: "load" | "syntax" | "stage" | "parameter" | "file" | "exit" | "builtin" | "needs one lane";
  readonly stack: string;
  /** Of errors that Node numbers: `ERR_DLOPEN_FAILED`. */
  readonly code: string | null;
  readonly stage: string | null;
  readonly time: Seconds | null;
  readonly path: string | null;
  readonly line: number | null;
}
