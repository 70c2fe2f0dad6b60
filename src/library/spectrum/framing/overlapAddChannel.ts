import { binCountOf, type RealTransform } from "../fft/realTransform.ts";
import { arrangeTransform } from "../fft/transforms.ts";
import { wholeNumber, type Precision, type Samples, type SamplesOf } from "../samples.ts";
import type { WindowKind } from "../windows.ts";
import { windowOf } from "./windowed.ts";

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

/** What all channels of an overlap-add share. */
interface SharedArrays<P extends Precision> {
  readonly window: Float64Array;
  /** The window, over the sum of squared windows and the transform's scale. */
  readonly synthesis: SamplesOf<P>;
  readonly frame: SamplesOf<P>;
}

interface ChannelArrays<P extends Precision> {
  readonly input: SamplesOf<P>;
  readonly spectrum: SamplesOf<P>;
  /** A hop of finished samples, then those that frames are still added to. */
  readonly sum: SamplesOf<P>;
}

interface OverlapAddChannels<P extends Precision> {
  readonly transform: RealTransform;
  /** The first one. */
  readonly channel: OverlapAddChannel<P>;
  readonly channels: readonly OverlapAddChannel<P>[];
}

/**
 * The channels of one overlap-add, with one transform for all of them.
 * @throws RangeError where a size isn't a whole number, or windows leave samples that none of them reaches
 */
export function overlapAddChannels<P extends Precision>(
  options: OverlapAddOptions<P>,
  count: number,
): OverlapAddChannels<P> {
  const size = wholeNumber("The size of a frame", options.size);
  const hop = wholeNumber("The hop", options.hop ?? Math.floor(size / 2));
  const window = windowOf(options.window ?? "hann", size);
  const { transform, arrays } = arrangeTransform(size, (options.precision ?? "single") as P, (make) => {
    const newChannel = (): ChannelArrays<P> => ({
      input: make.samples(size),
      spectrum: make.samples(2 * binCountOf(size)),
      sum: make.samples(size),
    });
    const shared = { window: make.doubles(size), synthesis: make.samples(size), frame: make.samples(size) };
    return { shared, first: newChannel(), others: Array.from({ length: count - 1 }, newChannel) };
  });
  arrays.shared.window.set(window);
  arrays.shared.synthesis.set(synthesisOf(window, hop));
  const channelWith = (own: ChannelArrays<P>): OverlapAddChannel<P> =>
    new OverlapAddChannel(transform, hop, arrays.shared, own);
  const channel = channelWith(arrays.first);
  return { transform, channel, channels: [channel, ...arrays.others.map(channelWith)] };
}

/** One channel's frames on their way through their spectra. Whoever owns it hands over whole hops. */
export class OverlapAddChannel<P extends Precision> {
  readonly size: number;
  readonly hop: number;
  /** The interleaved bins of the frame under way. */
  readonly spectrum: SamplesOf<P>;
  readonly #transform: RealTransform;
  readonly #shared: SharedArrays<P>;
  readonly #input: SamplesOf<P>;
  readonly #sum: SamplesOf<P>;

  constructor(transform: RealTransform, hop: number, shared: SharedArrays<P>, own: ChannelArrays<P>) {
    this.size = transform.size;
    this.hop = hop;
    this.spectrum = own.spectrum;
    this.#transform = transform;
    this.#shared = shared;
    this.#input = own.input;
    this.#sum = own.sum;
  }

  /**
   * Takes `count` samples of `block` from `from` on, and puts finished ones into `out`.
   * @param since samples since the last frame
   */
  exchange(block: Samples, out: Samples, from: number, count: number, since: number): void {
    const taken = count === block.length ? block : block.subarray(from, from + count);
    this.#input.set(taken, this.size - this.hop + since);
    out.set(this.#sum.subarray(since, since + count), from);
  }

  /** Puts the frame's bins into `spectrum`. */
  analyse(): void {
    const { window, frame } = this.#shared;
    this.#transform.loops.multiply(this.#input, window, frame);
    this.#transform.forward(frame, this.spectrum);
  }

  /** Adds what `spectrum` has become to the sound, and moves on by a hop. */
  synthesise(): void {
    const { synthesis, frame } = this.#shared;
    this.#transform.inverse(this.spectrum, frame);
    this.#sum.copyWithin(0, this.hop).fill(0, this.size - this.hop);
    this.#transform.loops.addProducts(frame, synthesis, this.#sum);
    this.#input.copyWithin(0, this.hop);
  }

  reset(): void {
    this.#input.fill(0);
    this.#sum.fill(0);
  }
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
