import { checkChannels } from "../../filters/checkChannels.ts";
import type { Decibels } from "../../levels/decibels.ts";
import { binCountOf, type RealTransform } from "../fft/realTransform.ts";
import { checkRange, type BinRange } from "../loops/binRange.ts";
import { wholeNumber, type Precision, type Samples, type SamplesOf } from "../samples.ts";
import { overlapAddChannels, type OverlapAddChannel, type OverlapAddOptions } from "./overlapAddChannel.ts";

export interface MultichannelOverlapAddOptions<P extends Precision = Precision> extends OverlapAddOptions<P> {
  /** 1 by default. */
  channels?: number;
}

/** Is given a frame's interleaved bins, channel by channel, to be changed in place, and the frame's number, from 0 on. */
export type OnSpectra<P extends Precision = "single"> = (
  spectra: readonly SamplesOf<P>[],
  index: number,
) => void;

/** `OverlapAdd` for channels that must be changed together: each frame's spectra of all channels come at once. */
export class MultichannelOverlapAdd<P extends Precision = "single"> {
  readonly size: number;
  readonly hop: number;
  /** Bins of a spectrum: ⌊size / 2⌋ + 1. */
  readonly binCount: number;
  /** How many frames later the sound comes out: `size`. */
  readonly latencyFrames: number;
  readonly #transform: RealTransform;
  readonly #channels: readonly OverlapAddChannel<P>[];
  readonly #spectra: readonly SamplesOf<P>[];
  #since = 0;
  #index = 0;

  /** @throws RangeError as `OverlapAdd`, and without channels */
  constructor({ channels = 1, ...options }: MultichannelOverlapAddOptions<P>) {
    wholeNumber("The number of channels", channels);
    const made = overlapAddChannels(options, channels);
    this.#transform = made.transform;
    this.#channels = made.channels;
    this.#spectra = this.#channels.map(({ spectrum }) => spectrum);
    this.size = this.latencyFrames = made.channel.size;
    this.hop = made.channel.hop;
    this.binCount = binCountOf(this.size);
  }

  /**
   * Takes a block and gives as many frames of the changed sound, in `out`, by default in the block itself.
   * @param block one array per channel, all of one length
   * @throws RangeError where the number of channels isn't the one it was made for
   */
  process<T extends Samples>(block: readonly T[], change: OnSpectra<P>, out: readonly T[] = block): void {
    for (const channels of [block, out])
      checkChannels("MultichannelOverlapAdd", this.#channels.length, channels);
    const frames = block[0]?.length ?? 0;
    for (let from = 0; from < frames;) {
      const count = Math.min(this.hop - this.#since, frames - from);
      this.#channels.forEach((channel, index) => {
        const samples = block[index];
        const changed = out[index];
        if (samples && changed) channel.exchange(samples, changed, from, count, this.#since);
      });
      from += count;
      this.#since += count;
      if (this.#since === this.hop) this.#nextFrame(change);
    }
  }

  /**
   * Within the callback: the mean level of a range of the frame's bins, in dB; the level of a bin is 10·log10 of the mean of
   * all channels' |X|² times `scale`, from −200 to 200 dB.
   * @param scale 1 by default; (2 / Σ window)² brings a sine at full scale to 0 dB
   * @throws RangeError where the range has no bins, or others than there are
   */
  meanLevel(range: BinRange, scale = 1): Decibels {
    checkRange(range, this.binCount);
    const factor = scale / this.#channels.length;
    const sum = this.#transform.loops.logPowerSum(this.#spectra, range, factor);
    return (10 * sum) / (range.to - range.from);
  }

  /**
   * Within the callback: multiplies a range of all channels' bins by a gain.
   * @throws RangeError as `meanLevel`
   */
  scaleBins(range: BinRange, gain: number): void {
    checkRange(range, this.binCount);
    for (const spectrum of this.#spectra) this.#transform.loops.scaleBins(spectrum, range, gain);
  }

  #nextFrame(change: OnSpectra<P>): void {
    for (const channel of this.#channels) channel.analyse();
    change(this.#spectra, this.#index);
    for (const channel of this.#channels) channel.synthesise();
    this.#index += 1;
    this.#since = 0;
  }
}
