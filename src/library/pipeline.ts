/** Seconds, as a number. */
export type Seconds = number;

/** What a stage may emit. */
export type Json = number | string | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Value = number | string | Float32Array | Json;

/** Some frames of audio, handed to a stage in one call. */
export interface Block {
  /** One array per channel, each `frames` long, nominally −1 to 1. Stages may change them in place. */
  channels: Float32Array[];
  frames: number;
  /** Position of the first frame in the recording. */
  startFrame: number;
  /** The same in seconds. */
  time: Seconds;
}

/** A value that a stage emitted. */
export interface Emitted {
  name: string;
  value: Value;
  time: Seconds;
}

/** What a stage is made from, once per run. */
export interface StageContext {
  /** In Hz, as it reaches this stage. */
  sampleRate: number;
  channelCount: number;
  /** Frames per block; the last block of a recording may be shorter. */
  blockFrames: number;
  parameters: Record<string, number | boolean | string>;
  /** Keeps a value in the run. `time` defaults to the block's, in `finish` to the end of the recording. */
  emit(name: string, value: Value, time?: Seconds): void;
  /** What earlier stages emitted under this name: so far, or all of it in a file stage. */
  results(name: string): Emitted[];
  /** File stages: the recording as rendered so far, again. */
  audio(): AsyncIterable<Block>;
}

/** Changes the block in place, or returns another one. */
export type BlockFunction = (block: Block) => Block | void | Promise<Block | void>;

export type StageFactory = (
  context: StageContext,
) => BlockFunction | { process: BlockFunction; finish?(): Block | void | Promise<Block | void> };

export type Parameters = Record<string, number | boolean | string>;

/** A stage with more to say than its factory. */
export interface Stage {
  create: StageFactory;
  /**
   * `stream` (the default) keeps state and sees the blocks in order; `block` has no memory and may run anywhere;
   * `file` runs once, after the others.
   */
  scope?: "stream" | "block" | "file";
  /** A stream stage that may start in the middle of a file after so many seconds of audio before it. */
  warmUp?: Seconds;
  /** How many frames later the sound comes out. */
  latencyFrames?: number;
  output?: { sampleRate?: number; channelCount?: number };
  variants?: Record<string, StageFactory>;
  parameters?: Parameters;
}

/** A list of named stages, in the order in which they are written. */
export interface Pipeline {
  name: string;
  /** 4096 where it isn't given. */
  blockFrames?: number;
  stages: Record<string, StageFactory | Stage>;
}

/** Gives a pipeline its types; returns it as it is. */
export function definePipeline(pipeline: Pipeline): Pipeline {
  return pipeline;
}
