import { types } from "node:util";
import { paramDescriptors, type ParamDescriptor } from "./paramDescriptors.ts";

/** A processor, as the render thread calls it. */
export interface Processor {
  process(
    inputs: readonly (readonly Float32Array[])[],
    outputs: readonly (readonly Float32Array[])[],
    parameters: Readonly<Record<string, Float32Array>>,
  ): unknown;
}

export interface ProcessorClass {
  new (options: unknown): Processor;
  readonly prototype: Processor;
}

export interface Registration {
  readonly name: string;
  readonly processor: ProcessorClass;
  readonly descriptors: readonly ParamDescriptor[];
}

/** What a scope's modules registered, in that order. */
export class Registrations {
  readonly #byName = new Map<string, Registration>();

  get names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  get(name: string): Registration | undefined {
    return this.#byName.get(name);
  }

  /** The global function's checks. @throws TypeError */
  readonly register = (name: unknown, processor: unknown): void => {
    if (typeof name !== "string" || name === "")
      throw new TypeError("registerProcessor needs a name that isn't empty");
    if (this.#byName.has(name)) throw new TypeError(`registerProcessor was called twice for "${name}"`);
    if (!isClass(processor)) throw new TypeError(`registerProcessor("${name}") needs a class`);
    const { prototype, parameterDescriptors } = processor as ProcessorClass & {
      prototype: Partial<Processor>;
      parameterDescriptors?: unknown;
    };
    if (typeof prototype.process !== "function")
      throw new TypeError(`The class of "${name}" has no method process(inputs, outputs, parameters)`);
    const descriptors = paramDescriptors(name, parameterDescriptors);
    this.#byName.set(name, { name, processor, descriptors });
  };
}

/** A proxy or a bound class is one, too. */
const isClass = (value: unknown): value is ProcessorClass =>
  typeof value === "function" &&
  typeof value.prototype === "object" &&
  !types.isAsyncFunction(value) &&
  !types.isGeneratorFunction(value);
