import { binCountOf, type ArrangedTransform } from "../fft/realTransform.ts";
import { sharedTransform, type SharedArrays } from "../fft/transforms.ts";
import {
  checkLength,
  newSamples,
  wholeNumber,
  type Precision,
  type Samples,
  type SamplesOf,
} from "../samples.ts";
import { leadOf } from "./frames.ts";
import type { StftOptions } from "./stft.ts";
import { windowOf } from "./windowed.ts";

/** What a sum of squared windows must exceed: below it, rounding would be louder than the sound. */
const LEAST_WEIGHT = { single: 1e-8, double: 1e-16 } as const;

/** The same as the `Stft`'s; spectra are complex ones. */
export type IstftOptions<P extends Precision = Precision> = Omit<StftOptions<P>, "output">;

/**
 * The signal whose short-time Fourier transform comes nearest to the spectra given (D. Griffin, J. Lim, "Signal
 * estimation from modified short-time Fourier transform", 1984): windowed frames added, over the sum of squared windows.
 * Spectra that nobody changed give their signal back, edges included, wherever a window reaches; with `padding: "centre"`
 * and a hop of at most half a frame, that is everywhere.
 */
export class Istft<P extends Precision = "single"> {
  readonly size: number;
  readonly hop: number;
  readonly fftSize: number;
  readonly #shared: ArrangedTransform<SharedArrays>;
  readonly #window: Float64Array;
  readonly #sum: Float64Array;
  readonly #weights: Float64Array;
  readonly #ready: SamplesOf<P>;
  readonly #lead: number;
  readonly #leastWeight: number;
  /** Samples before the signal's beginning that are still to come. */
  #leading = 0;
  #given = 0;

  /** @throws RangeError as `Stft`, and where hops are longer than frames */
  constructor(options: IstftOptions<P>) {
    const { size, padding = "none", window = "hann" } = options;
    const precision = (options.precision ?? "single") as P;
    this.size = wholeNumber("The size of a frame", size);
    this.hop = wholeNumber("The hop", options.hop ?? Math.max(1, Math.floor(size / 4)));
    if (this.hop > this.size)
      throw new RangeError(`A hop of ${this.hop} leaves gaps between frames of ${size}: take a shorter one.`);
    this.fftSize = wholeNumber("The size of the FFT", options.fftSize ?? size, size);
    this.#shared = sharedTransform(this.fftSize, precision);
    this.#window = windowOf(window, this.size);
    this.#sum = new Float64Array(this.size);
    this.#weights = new Float64Array(this.size);
    this.#ready = newSamples(precision, this.size);
    this.#leastWeight = LEAST_WEIGHT[precision];
    this.#lead = leadOf(this.size, padding);
    this.#begin();
  }

  /**
   * Takes the next frame's spectrum and gives the samples that no later frame changes, mostly `hop` of them.
   * @param onSamples is given samples that are valid until it returns
   * @throws RangeError where the spectrum hasn't `2 × (⌊fftSize / 2⌋ + 1)` numbers
   */
  push(spectrum: Samples, onSamples: (samples: SamplesOf<P>) => void): void {
    checkLength("The spectrum", spectrum, 2 * binCountOf(this.fftSize));
    const { transform, arrays } = this.#shared;
    arrays.spectrum.set(spectrum);
    transform.inverse(arrays.spectrum, arrays.samples);
    this.#add(arrays.samples);
    this.#give(this.hop, onSamples, Infinity);
  }

  /**
   * Gives the rest. What comes next is another signal.
   * @param length of the whole signal, where zeros that completed its last frames shall not come
   */
  finish(onSamples: (samples: SamplesOf<P>) => void, length = Infinity): void {
    this.#give(this.size - this.hop, onSamples, length - this.#given);
    this.#begin();
  }

  #add(samples: Samples): void {
    const sum = this.#sum;
    const weights = this.#weights;
    const window = this.#window;
    const scale = 1 / this.fftSize;
    for (let n = 0; n < window.length; n += 1) {
      const w = window[n] ?? 0;
      sum[n] = (sum[n] ?? 0) + (samples[n] ?? 0) * w * scale;
      weights[n] = (weights[n] ?? 0) + w * w;
    }
  }

  /** The first `count` samples, at most so many of them, and moves on by `count`. */
  #give(count: number, onSamples: (samples: SamplesOf<P>) => void, most: number): void {
    const ready = this.#ready;
    for (let n = 0; n < count; n += 1) {
      const weight = this.#weights[n] ?? 0;
      ready[n] = weight > this.#leastWeight ? (this.#sum[n] ?? 0) / weight : 0;
    }
    for (const array of [this.#sum, this.#weights]) array.copyWithin(0, count).fill(0, this.size - count);
    const start = Math.min(this.#leading, count);
    const end = Math.min(count, start + most);
    this.#leading -= start;
    this.#given += Math.max(0, end - start);
    if (end > start) onSamples(ready.subarray(start, end) as SamplesOf<P>);
  }

  #begin(): void {
    this.#sum.fill(0);
    this.#weights.fill(0);
    this.#leading = this.#lead;
    this.#given = 0;
  }
}
