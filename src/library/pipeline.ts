/** Seconds, as a number. */
export type Seconds = number;

/** What a stage may emit. */
export type Json = number | string | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Value = number | string | Float32Array | Float64Array | Json;

/** Some frames of audio, handed to a stage in one call. */
export interface Block {
  /** One array per channel, each `frames` long, nominally −1 to 1. Stages may change them in place. */
  channels: Float32Array[];
  frames: number;
  /** Position of the first frame in the recording. */
  startFrame: number;
  /** The same in seconds. */
  time: Seconds;
  /** True before the segment that a restarting stage is made for: what it hears then belongs to the one before. */
  warmUp?: boolean;
}

/** A value that a stage emitted. */
export interface Emitted {
  name: string;
  /** A copy; a Float64Array has become a list. */
  value: Exclude<Value, Float64Array>;
  time: Seconds;
}

/** What a stage is made from, once per run. */
export interface StageContext {
  /** The recording's absolute path. */
  file: string;
  /** In Hz, as it reaches this stage. */
  sampleRate: number;
  channelCount: number;
  /** Frames per block; the last block of a recording may be shorter. */
  blockFrames: number;
  /** How much later than in the recording the sound reaches this stage, by what the stages before it say. */
  latencyFrames: number;
  /** Of the recording. */
  durationSeconds: Seconds;
  parameters: Record<string, number | boolean | string>;
  /** Keeps a value in the run. `time` defaults to the block's, in `finish` to the end of the recording. */
  emit(this: void, name: string, value: Value, time?: Seconds): void;
  /** What earlier stages emitted under this name: so far, or all of it in a file stage. */
  results(this: void, name: string): Emitted[];
  /**
   * Where a file belongs that the stage writes: a path counted from the recording's folder. Where a run only stands beside
   * another one, as those of variants do, it is one in a folder that is removed: the same work, and nothing is overwritten.
   */
  outputFile(this: void, path: string): string;
  /** File stages: the recording as rendered so far, again. It throws once the run is cancelled, so that what was opened can be closed. */
  audio(this: void): AsyncIterable<Block>;
}

/** Changes the block in place, or returns another one. */
export type BlockFunction = (block: Block) => Block | void | Promise<Block | void>;

export type StageFactory = (
  context: StageContext,
) => BlockFunction | { process: BlockFunction; finish?(): Block | void | Promise<Block | void> };

export type Parameters = Record<string, number | boolean | string>;

/** What is known of a recording before it is read, as it reaches a stage. */
export interface Recording {
  /** Its absolute path. */
  file: string;
  durationSeconds: Seconds;
  /** In Hz. */
  sampleRate: number;
  channelCount: number;
  parameters: Parameters;
}

/** A stage with more to say than its factory. */
export interface Stage {
  create: StageFactory;
  /**
   * `stream` (the default) keeps state and sees the blocks in order; `block` has no memory and may run anywhere;
   * `file` runs once, after the others.
   */
  scope?: "stream" | "block" | "file";
  /**
   * A stream stage that may start in the middle of a file after so many seconds of audio before it. Each start makes a
   * new one; its `finish` is called at the end of its segment, and what that returns counts only at the recording's end.
   */
  warmUp?: Seconds | undefined | ((recording: Recording) => Seconds | undefined);
  /** How many frames later the sound comes out. */
  latencyFrames?: number | ((recording: Recording) => number);
  /** False for a file stage that never asks for `audio()`: then the sound needn't be kept for it. */
  readsAudio?: boolean | ((recording: Recording) => boolean);
  output?: { sampleRate?: number; channelCount?: number };
  /**
   * Called before the recording is run through, in every worker: it throws, a `ParameterError` for a parameter, where the
   * stage is bound to fail.
   */
  check?(recording: Recording): void | Promise<void>;
  /** Other implementations by name: the parameter `variant` or `<stage>.variant` picks one. */
  variants?: Record<string, StageFactory | Variant>;
  parameters?: Parameters;
}

/** Another implementation of a stage: what differs from it. */
export interface Variant extends Pick<Stage, "scope" | "warmUp" | "latencyFrames"> {
  create: StageFactory;
}

/** A list of named stages, in the order in which they are written. */
export interface Pipeline {
  name: string;
  /** 4096 where it isn't given. */
  blockFrames?: number;
  /**
   * `process` runs it in a process of its own instead of a thread (the default): for native add-ons that fail in
   * threads. Handing over audio then costs more, outside of the stages' times.
   */
  isolation?: "thread" | "process";
  stages: Record<string, StageFactory | Stage>;
}

/** Gives a pipeline its types; returns it as it is. */
export function definePipeline(pipeline: Pipeline): Pipeline {
  return pipeline;
}
