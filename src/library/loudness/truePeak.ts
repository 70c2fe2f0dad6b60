import { checkChannels } from "../filters/checkChannels.ts";
import {
  INTERPOLATION_TAPS,
  InterpolatedPeaks,
  type InterpolatedPeaksOptions,
} from "../filters/resampling/interpolatedPeaks.ts";
import { toDecibels } from "../levels/decibels.ts";

export type TruePeakMeterOptions = InterpolatedPeaksOptions;

/** The largest magnitude of a signal, also between its samples: four times oversampled (ITU-R BS.1770-5, annex 2; EBU Tech 3341). */
export class TruePeakMeter {
  readonly #interpolated: InterpolatedPeaks;
  readonly #channels: number;
  #peaks = new Float32Array(0);
  #peak = 0;

  constructor(options: TruePeakMeterOptions = {}) {
    this.#interpolated = new InterpolatedPeaks(options);
    this.#channels = options.channels ?? 1;
  }

  /**
   * One block: an array per channel, all of one length. It stays as it is.
   * @throws RangeError when the number of channels isn't the one it was made for
   */
  push(channels: readonly Float32Array[]): void {
    checkChannels("TruePeakMeter", this.#channels, channels);
    const frames = channels[0]?.length ?? 0;
    if (this.#peaks.length !== frames) this.#peaks = new Float32Array(frames);
    this.#interpolated.process(channels, this.#peaks, this.#peak);
    for (const peak of this.#peaks) if (peak > this.#peak) this.#peak = peak;
  }

  /** After the last block: the last samples' surroundings are seen, too. */
  finish(): void {
    const silence = new Float32Array(INTERPOLATION_TAPS);
    this.push(new Array<Float32Array>(this.#channels).fill(silence));
  }

  /** Linear: 1 is full scale. */
  get peak(): number {
    return this.#peak;
  }

  /** In dBTP; −Infinity for silence. */
  get peakDb(): number {
    return toDecibels(this.#peak);
  }
}
