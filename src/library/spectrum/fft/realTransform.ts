import type { SpectrumLoops } from "../loops/spectrumLoops.ts";
import type { Precision, Samples, SamplesOf } from "../samples.ts";

/** A real transform of one size, and the loops around it. */
export interface RealTransform {
  readonly size: number;
  readonly loops: SpectrumLoops;
  /** From `size` samples to bins 0 to ⌊size / 2⌋, real and imaginary part in turn. */
  forward(samples: Samples, spectrum: Samples): void;
  /** Back, times `size`; it may overwrite the spectrum. */
  inverse(spectrum: Samples, samples: Samples): void;
}

/** Makes arrays of zeros where a transform works. */
export interface ArrayMaker<P extends Precision = Precision> {
  /** For samples or bins. */
  samples(length: number): SamplesOf<P>;
  /** For windows. */
  doubles(length: number): Float64Array;
}

/** A transform and arrays for it, so that what has to be quick lies where it is transformed. */
export interface ArrangedTransform<T> {
  readonly transform: RealTransform;
  readonly arrays: T;
}

/** How many bins a real transform of this size has: 0 Hz to half the sample rate, both included. */
export const binCountOf = (size: number): number => Math.floor(size / 2) + 1;
