import { binCountOf } from "../fft/realTransform.ts";
import { checkLength, newSamples, type Precision, type Samples, type SamplesOf } from "../samples.ts";
import { overlapAddChannels, type OverlapAddChannel, type OverlapAddOptions } from "./overlapAddChannel.ts";
import type { OnSpectrum } from "./stft.ts";

export type { OverlapAddOptions } from "./overlapAddChannel.ts";

/**
 * Changes the spectrum of a signal as it passes: blocks of any length go in, blocks of the same length come out,
 * `latencyFrames` later. Weighted overlap-add, normalised by the sum of squared windows: with spectra left as they are,
 * the sound is what it was to the last bits, from its first sample to its last. Once made, it needs no further memory for samples.
 */
export class OverlapAdd<P extends Precision = "single"> {
  readonly size: number;
  readonly hop: number;
  /** Bins of a spectrum: ⌊size / 2⌋ + 1. */
  readonly binCount: number;
  /** How many frames later the sound comes out: `size`. */
  readonly latencyFrames: number;
  readonly #channel: OverlapAddChannel<P>;
  readonly #precision: P;
  /** Samples since the last frame. */
  #since = 0;
  #index = 0;

  /** @throws RangeError where a size isn't a whole number, or windows leave samples that none of them reaches */
  constructor(options: OverlapAddOptions<P>) {
    const { channel } = overlapAddChannels(options, 1);
    this.#channel = channel;
    this.#precision = (options.precision ?? "single") as P;
    this.size = this.latencyFrames = channel.size;
    this.hop = channel.hop;
    this.binCount = binCountOf(this.size);
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
      this.#channel.exchange(block, out, from, count, this.#since);
      from += count;
      this.#since += count;
      if (this.#since === this.hop) this.#nextFrame(change);
    }
    return out;
  }

  /** The last `latencyFrames` samples, in a new array. What comes next is another signal. */
  finish(change: OnSpectrum<P>): SamplesOf<P> {
    const rest = this.process(newSamples(this.#precision, this.size), change);
    this.#channel.reset();
    this.#since = this.#index = 0;
    return rest;
  }

  #nextFrame(change: OnSpectrum<P>): void {
    this.#channel.analyse();
    change(this.#channel.spectrum, this.#index);
    this.#channel.synthesise();
    this.#index += 1;
    this.#since = 0;
  }
}
