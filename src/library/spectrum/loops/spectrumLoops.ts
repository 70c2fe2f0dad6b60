import type { Samples } from "../samples.ts";
import type { BinRange } from "./binRange.ts";

/** What is done with samples and bins around a transform, over arrays that its `ArrayMaker` made. Spectra are interleaved bins. */
export interface SpectrumLoops {
  /** out[n] = samples[n] · weights[n], for each of the weights: rounded only once. */
  multiply(samples: Samples, weights: Float64Array, out: Samples): void;
  /** sums[n] += samples[n] · weights[n], for each of the weights. */
  addProducts(samples: Samples, weights: Samples, sums: Samples): void;
  /** out[n] = numbers[n] · factor; `out` may be the same array. */
  scale(numbers: Samples, factor: number, out: Samples): void;
  /** The same in place, for the bins of a range. */
  scaleBins(spectrum: Samples, range: BinRange, factor: number): void;
  /** |X|² of each bin, as many as `out` holds. */
  powers(spectrum: Samples, out: Samples): void;
  /** |X| of each bin, as many as `out` holds. */
  magnitudes(spectrum: Samples, out: Samples): void;
  /** Σ |X|² of a range. */
  powerSum(spectrum: Samples, range: BinRange): number;
  /** Σ |X| of a range. */
  magnitudeSum(spectrum: Samples, range: BinRange): number;
  /**
   * Σ of what the magnitudes rose above those before. Where all are finite, they take the place of those and are added to
   * `sums`; otherwise it is NaN, and nothing changes.
   * @param values room for the magnitudes
   */
  rise(spectrum: Samples, before: Samples, sums: Float64Array, values: Samples): number;
  /**
   * Σ log10 of `factor` times each bin's power, which is the sum of |X|² of all spectra and counts from 1e-20 to
   * 1e20; what isn't a number counts as the latter.
   * @param spectra made one after the other, each with the same arrays between it and the next
   */
  logPowerSum(spectra: readonly Samples[], range: BinRange, factor: number): number;
}

export const LEAST_POWER = 1e-20;
export const MOST_POWER = 1e20;
