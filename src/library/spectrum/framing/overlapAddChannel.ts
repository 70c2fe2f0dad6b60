import type { RealTransform } from "../fft/realTransform.ts";
import { sharedTransform } from "../fft/transforms.ts";
import { newSamples, wholeNumber, type Precision, type Samples, type SamplesOf } from "../samples.ts";
import type { WindowKind } from "../windows.ts";
import { multiplyInto, windowOf } from "./windowed.ts";

/** Of squared windows, for a sample to come back exactly. */
const LEAST_SUM = 1e-6;

export interface OverlapAddOptions<P extends Precision = Precision> {
  /** Samples of a frame and of its transform. */
  size: number;
  /** Samples from frame to frame; half a frame by default. */
  hop?: number;
  /** Applied before the transform and after it: a kind, or `size` values of your own; `hann` by default. */
  window?: WindowKind | ArrayLike<number>;
  precision?: P;
}

/** One channel's frames on their way through their spectra. Whoever owns it hands over whole hops. */
export class OverlapAddChannel<P extends Precision> {
  readonly size: number;
  readonly hop: number;
  /** The interleaved bins of the frame under way. */
  readonly spectrum: SamplesOf<P>;
  readonly #transform: RealTransform;
  readonly #window: Float64Array;
  /** The window, over the sum of squared windows and the transform's scale. */
  readonly #synthesis: Float64Array;
  readonly #input: SamplesOf<P>;
  /** A hop of finished samples, then those that frames are still added to. */
  readonly #sum: Float64Array;
  /** The latter. */
  readonly #unfinished: Float64Array;

  /** @throws RangeError where a size isn't a whole number, or windows leave samples that none of them reaches */
  constructor({ size, hop = Math.floor(size / 2), window = "hann", ...options }: OverlapAddOptions<P>) {
    const precision = (options.precision ?? "single") as P;
    this.size = wholeNumber("The size of a frame", size);
    this.hop = wholeNumber("The hop", hop);
    this.#transform = sharedTransform(this.size, precision);
    this.#window = windowOf(window, this.size);
    this.#synthesis = synthesisOf(this.#window, this.hop);
    this.#input = newSamples(precision, this.size);
    this.#sum = new Float64Array(this.hop + this.size);
    this.#unfinished = this.#sum.subarray(this.hop);
    this.spectrum = newSamples(precision, this.#transform.spectrum.length);
  }

  /**
   * Takes `count` samples of `block` from `from` on, and puts finished ones into `out`.
   * @param since samples since the last frame
   */
  exchange(block: Samples, out: Samples, from: number, count: number, since: number): void {
    const taken = count === block.length ? block : block.subarray(from, from + count);
    this.#input.set(taken, this.size - this.hop + since);
    for (let n = 0; n < count; n += 1) out[from + n] = this.#sum[since + n] ?? 0;
  }

  /** Puts the frame's bins into `spectrum`. */
  analyse(): void {
    multiplyInto(this.#input, this.#window, this.#transform.samples);
    this.#transform.forward();
    // The transform's own arrays are everybody's of this size.
    this.spectrum.set(this.#transform.spectrum);
  }

  /** Adds what `spectrum` has become to the sound, and moves on by a hop. */
  synthesise(): void {
    this.#transform.spectrum.set(this.spectrum);
    this.#transform.inverse();
    addProduct(this.#transform.samples, this.#synthesis, this.#unfinished);
    this.#sum.copyWithin(0, this.hop).fill(0, this.size);
    this.#input.copyWithin(0, this.hop);
  }

  reset(): void {
    this.#input.fill(0);
    this.#sum.fill(0);
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
