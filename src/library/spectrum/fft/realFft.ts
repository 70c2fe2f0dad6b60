import {
  wholeNumber,
  checkLength,
  newSamples,
  type Precision,
  type Samples,
  type SamplesOf,
} from "../samples.ts";
import { binCountOf, type ArrangedTransform } from "./realTransform.ts";
import { sharedTransform, type SharedArrays } from "./transforms.ts";

export interface RealFftOptions<P extends Precision = Precision> {
  /**
   * `single`, the default: 32 bits, by pffft where the size is a multiple of 32 whose prime factors are 2, 3 and 5, exact to
   * some 3e-7 of the largest bin. `double`: 64 bits, exact to some 1e-15, and five times slower.
   */
  precision?: P;
}

/**
 * The discrete Fourier transform of real samples, X[k] = Σ x[n]·exp(−2πi·kn / size), and its inverse. Spectra are
 * bins 0 to ⌊size / 2⌋, real and imaginary part in turn: `size + 2` numbers where the size is even. Bin k is at
 * k × sampleRate / size Hz. Making one is cheap after the first of a size; calls with an `out` of yours allocate nothing.
 */
export class RealFft<P extends Precision = "single"> {
  /** Samples of a frame. */
  readonly size: number;
  /** Bins of a spectrum: ⌊size / 2⌋ + 1. */
  readonly binCount: number;
  readonly precision: Precision;
  /** Everybody's of this size: what stands in its arrays is valid until the next transform. */
  readonly #shared: ArrangedTransform<SharedArrays>;

  /**
   * @param size of a frame, from 1 on: any, and quickest where its prime factors are small
   * @throws RangeError where the size isn't a whole number from 1 on
   */
  constructor(size: number, { precision }: RealFftOptions<P> = {}) {
    this.size = wholeNumber("The size of the FFT", size);
    this.binCount = binCountOf(this.size);
    this.precision = precision ?? "single";
    this.#shared = sharedTransform(this.size, this.precision);
  }

  /**
   * The spectrum of `size` samples, in `out` or a new array: `2 × binCount` numbers, interleaved, unscaled.
   * @throws RangeError where a length is another
   */
  forward(frame: Samples): SamplesOf<P>;
  forward<T extends Samples>(frame: Samples, out: T): T;
  forward(frame: Samples, out: Samples = newSamples(this.precision, 2 * this.binCount)): Samples {
    checkLength("The spectrum", out, 2 * this.binCount);
    this.#transform(frame);
    out.set(this.#shared.arrays.spectrum);
    return out;
  }

  /**
   * The samples of a spectrum, in `out` or a new array, scaled so that `inverse(forward(x))` is x. What the first and,
   * where the size is even, the last bin have for imaginary parts counts for nothing.
   * @throws RangeError where a length is another
   */
  inverse(spectrum: Samples): SamplesOf<P>;
  inverse<T extends Samples>(spectrum: Samples, out: T): T;
  inverse(spectrum: Samples, out: Samples = newSamples(this.precision, this.size)): Samples {
    checkLength("The spectrum", spectrum, 2 * this.binCount);
    checkLength("The frame", out, this.size);
    const { transform, arrays } = this.#shared;
    arrays.spectrum.set(spectrum);
    transform.inverse(arrays.spectrum, arrays.samples);
    transform.loops.scale(arrays.samples, 1 / this.size, arrays.samples);
    out.set(arrays.samples);
    return out;
  }

  /**
   * |X[k]|² of `size` samples, in `out` or a new array: `binCount` numbers. By Parseval's theorem, the first and the last
   * plus twice the others come to `size` times the sum of squared samples, where the size is even.
   * @throws RangeError where a length is another
   */
  powerSpectrum(frame: Samples): SamplesOf<P>;
  powerSpectrum<T extends Samples>(frame: Samples, out: T): T;
  powerSpectrum(frame: Samples, out: Samples = newSamples(this.precision, this.binCount)): Samples {
    checkLength("The power spectrum", out, this.binCount);
    this.#transform(frame);
    const { transform, arrays } = this.#shared;
    transform.loops.powers(arrays.spectrum, arrays.values);
    out.set(arrays.values);
    return out;
  }

  /**
   * |X[k]| of `size` samples, in `out` or a new array: `binCount` numbers. A sine of amplitude 1 right at a bin has
   * size / 2 there.
   * @throws RangeError where a length is another
   */
  magnitudes(frame: Samples): SamplesOf<P>;
  magnitudes<T extends Samples>(frame: Samples, out: T): T;
  magnitudes(frame: Samples, out: Samples = newSamples(this.precision, this.binCount)): Samples {
    checkLength("The magnitudes", out, this.binCount);
    this.#transform(frame);
    const { transform, arrays } = this.#shared;
    transform.loops.magnitudes(arrays.spectrum, arrays.values);
    out.set(arrays.values);
    return out;
  }

  #transform(frame: Samples): void {
    checkLength("The frame", frame, this.size);
    const { transform, arrays } = this.#shared;
    arrays.samples.set(frame);
    transform.forward(arrays.samples, arrays.spectrum);
  }
}
