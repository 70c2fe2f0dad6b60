import { plainLoops } from "../loops/plainLoops.ts";
import type { Samples } from "../samples.ts";
import { doubleEngine, type DoubleEngine } from "./doubleEngine.ts";
import type { RealTransform } from "./realTransform.ts";

/** A real transform of any size in TypeScript: 64 bits inside, whatever the arrays hold. */
export class PlainTransform implements RealTransform {
  readonly size: number;
  readonly loops = plainLoops;
  readonly #engine: DoubleEngine;

  constructor(size: number) {
    this.size = size;
    this.#engine = doubleEngine(size);
  }

  forward(samples: Samples, spectrum: Samples): void {
    this.#engine.samples.set(samples);
    this.#engine.forward();
    spectrum.set(this.#engine.spectrum);
  }

  inverse(spectrum: Samples, samples: Samples): void {
    this.#engine.spectrum.set(spectrum);
    this.#engine.inverse();
    samples.set(this.#engine.samples);
  }
}
