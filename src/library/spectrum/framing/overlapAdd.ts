import { binCountOf, type RealTransform } from "../fft/realTransform.ts";
import { sharedTransform } from "../fft/transforms.ts";
import {
  checkLength,
  newSamples,
  wholeNumber,
  type Precision,
  type Samples,
  type SamplesOf,
} from "../samples.ts";
import type { WindowKind } from "../windows.ts";
import type { OnSpectrum } from "./stft.ts";
import { multiplyInto, windowOf } from "./windowed.ts";

/** Of squared windows, for a sample to come back exactly. */
const LEAST_SUM = 1e-6;

export interface OverlapAddOptions<P extends Precision = Precision> {
  /** Samples of a frame and of its transform. */
  size: number;
  /** Samples from frame to frame; half a frame by default. */
  hop?: number;
  /** Applied before the transform and after it: a kind, or `size` values of your own; `hann` by default. */
  window?: WindowKind | Float64Array;
  precision?: P;
}

/**
 * Changes the spectrum of a signal as it passes: blocks of any length go in, blocks of the same length come out,
 * `latencyFrames` later. Weighted overlap-add, normalised by the sum of squared windows: with spectra left as they are,
 * the sound is what it was to the last bits, from its first sample to its last. After making it allocates nothing.
 */
export class OverlapAdd<P extends Precision = "single"> {
  readonly size: number;
  readonly hop: number;
  /** Bins of a spectrum: ⌊size / 2⌋ + 1. */
  readonly binCount: number;
  /** How many frames later the sound comes out: `size`. */
  readonly latencyFrames: number;
  readonly #transform: RealTransform;
  readonly #window: Float64Array;
  /** The window, over the sum of squared windows and the transform's scale. */
  readonly #synthesis: Float64Array;
  readonly #spectrum: SamplesOf<P>;
  readonly #input: SamplesOf<P>;
  readonly #sum: Float64Array;
  /** The first hop of it. */
  readonly #complete: Float64Array;
  readonly #ready: SamplesOf<P>;
  /** Samples since the last frame. */
  #since = 0;
  #index = 0;

  /** @throws RangeError where a size isn't a whole number, or windows leave samples that none of them reaches */
  constructor({ size, hop = Math.floor(size / 2), window = "hann", ...options }: OverlapAddOptions<P>) {
    const precision = (options.precision ?? "single") as P;
    this.size = wholeNumber("The size of a frame", size);
    this.hop = wholeNumber("The hop", hop);
    this.binCount = binCountOf(this.size);
    this.latencyFrames = this.size;
    this.#transform = sharedTransform(this.size, precision);
    this.#window = windowOf(window, this.size);
    this.#synthesis = synthesisOf(this.#window, this.hop);
    this.#spectrum = newSamples(precision, 2 * this.binCount);
    this.#input = newSamples(precision, this.size);
    this.#sum = new Float64Array(this.size);
    this.#complete = this.#sum.subarray(0, this.hop);
    this.#ready = newSamples(precision, this.hop);
  }

  /**
   * Takes a block and gives as many samples of the changed signal, in `out`, by default in the block itself.
   * @param change changes a frame's interleaved bins in place; they stand for windowed samples, unscaled
   * @throws RangeError where `out` has another length
   */
  process<T extends Samples>(block: T, change: OnSpectrum<P>, out: T = block): T {
    checkLength("The array for the output", out, block.length);
    for (let from = 0; from < block.length;) {
      const count = Math.min(this.hop - this.#since, block.length - from);
      const at = this.size - this.hop + this.#since;
      for (let n = 0; n < count; n += 1) {
        this.#input[at + n] = block[from + n] ?? 0;
        out[from + n] = this.#ready[this.#since + n] ?? 0;
      }
      from += count;
      this.#since += count;
      if (this.#since === this.hop) this.#nextFrame(change);
    }
    return out;
  }

  /** The last `latencyFrames` samples, in a new array. What comes next is another signal. */
  finish(change: OnSpectrum<P>): SamplesOf<P> {
    const rest = this.process(this.#input.slice().fill(0) as SamplesOf<P>, change);
    for (const array of [this.#input, this.#sum, this.#ready]) array.fill(0);
    this.#since = this.#index = 0;
    return rest;
  }

  #nextFrame(change: OnSpectrum<P>): void {
    const { hop, size } = this;
    const transform = this.#transform;
    multiplyInto(this.#input, this.#window, transform.samples);
    transform.forward();
    // The transform's own arrays are everybody's, and `change` may use another of this size.
    this.#spectrum.set(transform.spectrum);
    change(this.#spectrum, this.#index);
    transform.spectrum.set(this.#spectrum);
    transform.inverse();
    addProduct(transform.samples, this.#synthesis, this.#sum);

    this.#ready.set(this.#complete);
    this.#sum.copyWithin(0, hop).fill(0, size - hop);
    this.#input.copyWithin(0, hop);
    this.#index += 1;
    this.#since = 0;
  }
}

function addProduct(samples: Samples, weights: Float64Array, sum: Float64Array): void {
  for (let n = 0; n < sum.length; n += 1) sum[n] = (sum[n] ?? 0) + (samples[n] ?? 0) * (weights[n] ?? 0);
}

/** Frames go on for ever, so the sum of squared windows repeats with every hop. */
function synthesisOf(window: Float64Array, hop: number): Float64Array {
  const size = window.length;
  const sums = new Float64Array(hop);
  window.forEach((w, n) => {
    sums[n % hop] = (sums[n % hop] ?? 0) + w * w;
  });
  if (sums.some((sum) => sum < LEAST_SUM))
    throw new RangeError(
      `Windows of ${size} samples with a hop of ${hop} leave samples that no window reaches: take a shorter hop.`,
    );
  return window.map((w, n) => w / ((sums[n % hop] ?? 1) * size));
}
