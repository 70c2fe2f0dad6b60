import type { Seconds, Stage } from "./pipeline.ts";

/** A value that an AudioParam has at a time of the recording. */
export interface AutomationPoint {
  time: Seconds;
  value: number;
  /**
   * How the value comes here from the point before, by the formulas of the Web Audio API's AudioParam: `linear` (the
   * default), `exponential`, or `none`, which holds the point before until this time.
   */
  ramp?: "linear" | "exponential" | "none";
}

/** What Node has and an AudioWorklet hasn't, for processors that are given it by other means. */
export type WorkletGlobal = "atob" | "btoa" | "crypto" | "performance" | "queueMicrotask" | "structuredClone";

/** Named as in the Web Audio API's AudioWorkletNodeOptions, where it has a name for it. */
export interface WorkletOptions {
  /** The name it was registered under; the first one registered where it isn't given. */
  processor?: string;
  /** AudioParams by name, in the recording's time; others have the default of `parameterDescriptors`. */
  parameters?: Record<string, number | readonly AutomationPoint[]>;
  /** Given to the constructor as a structured clone. */
  processorOptions?: unknown;
  /** Posted to the processor's port before the first block, as structured clones. */
  messages?: readonly unknown[];
  /** 1. The recording goes into the first; the others aren't connected. */
  numberOfInputs?: number;
  /** 1. The first is what the stage puts out; without any, the stage passes on what came in. */
  numberOfOutputs?: number;
  /** Channels of each output; as many as come in where there is one input and one output, otherwise 1. */
  outputChannelCount?: readonly number[];
  /** False: no input is connected, as for a synthesizer, and `return false` ends the sound. */
  inputConnected?: boolean;
  /** Frames in each call of `process`: 128. */
  renderQuantumSize?: number;
  /** After the recording `process` is called without input until it returns false, for so long at most: 0. */
  tailSeconds?: Seconds;
  /** Of Node's, besides what an AudioWorklet's scope has. */
  globals?: readonly WorkletGlobal[];
}

/** A stage that is an AudioWorklet processor; only a profiler can run it. */
export interface WorkletStage extends Stage {
  worklet: { file: string; options: WorkletOptions };
}

/**
 * A stage from a file that calls `registerProcessor`, unchanged. What the processor posts is emitted as `message`.
 *
 * @param file `new URL("./pitch.js", import.meta.url)`, `import.meta.resolve("package/processor.js")`, or a path, which
 *   counts from the pipeline's file
 */
export function worklet(
  file: string | { readonly href: string },
  options: WorkletOptions = {},
): WorkletStage {
  const { numberOfInputs = 1, numberOfOutputs = 1, outputChannelCount } = options;
  const isPassedThrough = numberOfOutputs === 0 || (numberOfInputs === 1 && numberOfOutputs === 1);
  const channelCount = outputChannelCount?.[0] ?? (isPassedThrough ? undefined : 1);
  return {
    create: () => {
      throw new Error("A worklet's stage runs in Waveflame only.");
    },
    worklet: { file: typeof file === "string" ? file : file.href, options },
    ...(channelCount === undefined ? {} : { output: { channelCount } }),
  };
}
