import type { AudioParam } from "./audioParams.ts";
import type { Processor } from "../scope/registrations.ts";
import type { WorkletScope } from "../scope/workletScope.ts";

export interface QuantumShape {
  /** Of the first input; the others aren't connected. */
  readonly inputChannels: number;
  readonly numberOfInputs: number;
  readonly outputChannels: readonly number[];
}

/** The arrays of one processor, made once in its realm and used again in each call, and the call. */
export class RenderQuantum {
  /** What the first input's channels are to hold. */
  readonly input: readonly Float32Array[];
  /** What the first output's channels hold after a call. */
  readonly output: readonly Float32Array[];
  readonly frames: number;
  readonly #scope: WorkletScope;
  readonly #processor: Processor;
  readonly #inputs: readonly (readonly Float32Array[])[];
  readonly #disconnected: readonly (readonly Float32Array[])[];
  readonly #outputs: readonly (readonly Float32Array[])[];
  /** All outputs' channels. */
  readonly #written: readonly Float32Array[];
  readonly #params: readonly AudioParam[];
  readonly #parameters: Record<string, Float32Array>;

  constructor(scope: WorkletScope, processor: Processor, shape: QuantumShape, params: readonly AudioParam[]) {
    const { Array: ScopeArray, Object: ScopeObject, Float32Array: Samples } = scope.global;
    const channels = (count: number): readonly Float32Array[] =>
      ScopeObject.freeze(ScopeArray.from({ length: count }, () => new Samples(scope.quantum)));
    const inputs = (first: number): readonly (readonly Float32Array[])[] =>
      ScopeObject.freeze(
        ScopeArray.from({ length: shape.numberOfInputs }, (_, index) => channels(index === 0 ? first : 0)),
      );
    this.#scope = scope;
    this.#processor = processor;
    this.frames = scope.quantum;
    this.#inputs = inputs(shape.inputChannels);
    this.#disconnected = inputs(0);
    this.#outputs = ScopeObject.freeze(ScopeArray.from(shape.outputChannels, channels));
    this.#params = params;
    this.#parameters = new ScopeObject() as Record<string, Float32Array>;
    // Arrays of the other realm are slow to walk through here.
    this.input = [...(this.#inputs[0] ?? [])];
    this.output = [...(this.#outputs[0] ?? [])];
    this.#written = [...this.#outputs].flatMap((channels) => [...channels]);
  }

  /**
   * Calls the processor once. What it throws passes through.
   *
   * @param frame the first one's number since the recording began
   * @returns what `process` returned
   */
  render(frame: number, isConnected: boolean): unknown {
    this.#scope.setClock(frame, frame / this.#scope.sampleRate);
    for (const channel of this.#written) channel.fill(0);
    for (const param of this.#params) this.#parameters[param.name] = param.valuesAt(frame);
    return this.#processor.process(
      isConnected ? this.#inputs : this.#disconnected,
      this.#outputs,
      this.#parameters,
    );
  }
}
