import { types } from "node:util";
import type { Block, StageContext } from "../../../library/pipeline.ts";
import type { WorkletOptions } from "../../../library/worklet.ts";
import type { Registration } from "../scope/registrations.ts";
import { WorkletPort } from "../scope/workletPort.ts";
import type { WorkletScope } from "../scope/workletScope.ts";
import { audioParam } from "./audioParams.ts";
import { postedValue } from "./postedValue.ts";
import { RenderQuantum } from "./renderQuantum.ts";

/** Turns of the event loop without anything to wait for, after which a processor is taken as ready. */
const QUIET_TURNS = 3;

export interface ProcessorRunOptions {
  readonly scope: WorkletScope;
  readonly registration: Registration;
  readonly options: WorkletOptions;
  readonly context: StageContext;
  /** An AudioParam's value where the run sets one. */
  set(name: string): number | undefined;
  /** Whether the scope's promises have to be looked after. */
  readonly usesPromises: boolean;
  /** `process` returned something that browsers read as true or false, but isn't. */
  onNoBoolean(returned: unknown): void;
}

/** One processor at work: cuts what comes into render quanta, as the Web Audio API's render thread does. */
export class ProcessorRun {
  readonly #given: ProcessorRunOptions;
  readonly #port: WorkletPort;
  readonly #quantum: RenderQuantum;
  readonly #isConnected: boolean;
  readonly #hasOutput: boolean;
  /** Of the next quantum; NaN before the first block. */
  #frame = NaN;
  /** Frames that wait in the input's arrays for the quantum to be full. */
  #held = 0;
  /** What `process` returned last: without a connected input it is only called while this holds. */
  #isActive = true;

  constructor(given: ProcessorRunOptions) {
    const { scope, registration, options, context } = given;
    this.#given = given;
    this.#isConnected = options.inputConnected ?? true;
    this.#port = new WorkletPort((message) => this.#emit(message));
    scope.onMessage = (message) => this.#emit(message);
    const nodeOptions = scope.clone(nodeOptionsOf(options));
    const { numberOfInputs = 1, numberOfOutputs = 1, outputChannelCount } = options;
    this.#hasOutput = numberOfOutputs > 0;
    const processor = scope.construct(this.#port, () => new registration.processor(nodeOptions));
    const follows = numberOfInputs === 1 && numberOfOutputs === 1;
    const shape = {
      inputChannels: this.#isConnected ? context.channelCount : 0,
      numberOfInputs,
      outputChannels: Array.from(
        { length: numberOfOutputs },
        (_, index) => outputChannelCount?.[index] ?? (follows ? context.channelCount : 1),
      ),
    };
    const timing = { frames: scope.quantum, sampleRate: scope.sampleRate };
    const params = registration.descriptors.map((descriptor) =>
      audioParam(
        descriptor,
        given.set(descriptor.name) ?? options.parameters?.[descriptor.name],
        timing,
        (length) => new scope.global.Float32Array(length),
      ),
    );
    this.#quantum = new RenderQuantum(scope, processor, shape, params);
    for (const message of options.messages ?? []) this.#port.send(scope.clone(message));
  }

  /** Lets what a processor begins in its constructor or on a message come to an end, outside of all spans. */
  async ready(): Promise<void> {
    const { scope } = this.#given;
    for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
      if (scope.isCompiling || this.#port.isDue) quiet = 0;
      this.#port.deliver();
      scope.settle();
      await new Promise(setImmediate);
    }
  }

  process(block: Block): Block {
    if (Number.isNaN(this.#frame)) this.#frame = block.startFrame;
    const { frames } = this.#quantum;
    const whole = Math.floor((this.#held + block.frames) / frames) * frames;
    const output = this.#outputFor(block, whole);
    let read = 0;
    for (let written = 0; written < whole; written += frames) {
      const missing = frames - this.#held;
      this.#fill(block, read, missing);
      read += missing;
      this.#held = 0;
      this.#render(output, written, frames);
    }
    const rest = block.frames - read;
    this.#fill(block, read, rest);
    this.#held += rest;
    return output === block.channels ? block : { ...block, channels: output, frames: whole };
  }

  /** The last quantum, filled up with silence and cut after the recording's end; and the tail. */
  finish(): Block | undefined {
    const { frames } = this.#quantum;
    const { scope, options } = this.#given;
    const held = this.#held;
    const tailFrames = Math.round((options.tailSeconds ?? 0) * scope.sampleRate);
    const parts: { readonly channels: Float32Array[]; readonly frames: number }[] = [];
    const render = (count: number, isConnected: boolean): void => {
      const channels = this.#quantum.output.map(() => new Float32Array(count));
      this.#render(channels, 0, count, isConnected);
      if (this.#hasOutput) parts.push({ channels, frames: count });
    };
    if (held > 0) {
      for (const channel of this.#quantum.input) channel.fill(0, held);
      render(held, this.#isConnected);
    }
    for (let left = tailFrames; left > 0 && this.#isActive; left -= frames)
      render(Math.min(frames, left), false);
    this.#held = 0;
    return joined(parts);
  }

  /** In place where whole quanta come and as many channels leave; analysers pass everything on. */
  #outputFor(block: Block, whole: number): Float32Array[] {
    const isInPlace =
      !this.#hasOutput ||
      (this.#held === 0 && whole === block.frames && this.#quantum.output.length === block.channels.length);
    return isInPlace ? block.channels : this.#quantum.output.map(() => new Float32Array(whole));
  }

  #fill(block: Block, from: number, count: number): void {
    this.#quantum.input.forEach((samples, index) => {
      const channel = block.channels[index];
      if (channel) copy(channel, from, samples, this.#held, count);
    });
  }

  #render(output: readonly Float32Array[], at: number, count: number, isConnected = this.#isConnected): void {
    if (this.#port.isDue) this.#port.deliver();
    if (isConnected || this.#isActive) this.#call(isConnected);
    else for (const samples of this.#quantum.output) samples.fill(0);
    this.#frame += this.#quantum.frames;
    this.#quantum.output.forEach((samples, index) => {
      const channel = output[index];
      if (channel) copy(samples, 0, channel, at, count);
    });
  }

  #call(isConnected: boolean): void {
    const { scope, usesPromises } = this.#given;
    const returned = this.#quantum.render(this.#frame, isConnected);
    if (returned !== true && returned !== false) this.#checkReturned(returned);
    this.#isActive = Boolean(returned);
    if (usesPromises) scope.settle();
  }

  #checkReturned(returned: unknown): void {
    if (types.isPromise(returned))
      throw new TypeError(
        "process returned a promise: it must not be async, because its outputs are read when it returns",
      );
    this.#given.onNoBoolean(returned);
  }

  #emit(message: unknown): void {
    const { context, scope } = this.#given;
    const frame = Number.isNaN(this.#frame) ? 0 : this.#frame;
    context.emit("message", postedValue(message), frame / scope.sampleRate);
  }
}

/** As a browser hands them to the constructor: only what was given. */
function nodeOptionsOf(options: WorkletOptions): object {
  const {
    numberOfInputs = 1,
    numberOfOutputs = 1,
    outputChannelCount,
    parameters,
    processorOptions,
  } = options;
  const values = Object.entries(parameters ?? {}).flatMap(([name, value]) =>
    typeof value === "number" ? [[name, value] as const] : [],
  );
  return {
    numberOfInputs,
    numberOfOutputs,
    ...(outputChannelCount ? { outputChannelCount } : {}),
    ...(values.length > 0 ? { parameterData: Object.fromEntries(values) } : {}),
    ...(processorOptions === undefined ? {} : { processorOptions }),
  };
}

function copy(from: Float32Array, fromAt: number, to: Float32Array, toAt: number, count: number): void {
  to.set(count === from.length ? from : from.subarray(fromAt, fromAt + count), toAt);
}

function joined(
  parts: readonly { readonly channels: readonly Float32Array[]; readonly frames: number }[],
): Block | undefined {
  const [first] = parts;
  if (!first) return undefined;
  const frames = parts.reduce((sum, part) => sum + part.frames, 0);
  const channels = first.channels.map(() => new Float32Array(frames));
  let at = 0;
  for (const part of parts) {
    part.channels.forEach((samples, index) => channels[index]?.set(samples, at));
    at += part.frames;
  }
  return { channels, frames, startFrame: 0, time: 0 };
}
