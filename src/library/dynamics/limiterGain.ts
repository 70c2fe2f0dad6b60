import { wholeNumber } from "../checkArguments.ts";
import { SlidingMaximum } from "./slidingMaximum.ts";

export interface LimiterGainOptions {
  /** Linear, above 0: 1 is full scale. */
  readonly ceiling: number;
  /** How many frames the newest peak may be behind the frame that a gain is for. */
  readonly lookaheadFrames: number;
  /** So many frames on either side of a peak get its gain whole, too; 0 by default. */
  readonly holdFrames?: number;
  /** What is kept of a reduction from frame to frame, from 0 to below 1, as `timeConstant` gives it. */
  readonly release: number;
}

/** A limiter's windows, in frames. */
export interface LimiterWindows {
  /** Of which the largest peak counts. */
  readonly window: number;
  /** Over which the gain is averaged. */
  readonly smoothing: number;
}

/** @throws RangeError when these aren't whole numbers from 0 on, or the lookahead is too short for the hold */
export function limiterWindows(lookaheadFrames: number, holdFrames: number): LimiterWindows {
  wholeNumber("A limiter's lookahead in frames", lookaheadFrames, 0);
  wholeNumber("A limiter's hold in frames", holdFrames, 0);
  if (lookaheadFrames < holdFrames) {
    throw new RangeError(
      `A limiter can't look ${lookaheadFrames} frames ahead and hold a gain for ${holdFrames} before a peak: give it a longer lookahead.`,
    );
  }
  return { window: lookaheadFrames + holdFrames + 1, smoothing: lookaheadFrames - holdFrames + 1 };
}

/**
 * Gains that keep peaks under a ceiling. The frame `lookaheadFrames` ago gets the mean of the newest gains, each of which is that of the largest peak in
 * a window that held this frame: so no gain is above the one its own peak needs, and yet none jumps. The release rises exponentially below that.
 */
export class LimiterGain {
  readonly #ceiling: number;
  readonly #release: number;
  readonly #maximum: SlidingMaximum;
  readonly #recent: Float64Array;
  #oldest = 0;
  #sum: number;
  #released = 1;

  /** @throws RangeError when one of the options isn't what it says there */
  constructor({ ceiling, lookaheadFrames, holdFrames = 0, release }: LimiterGainOptions) {
    if (!(ceiling > 0 && ceiling < Infinity))
      throw new RangeError(`A limiter's ceiling is ${ceiling}: give a finite number above 0.`);
    if (!(release >= 0 && release < 1))
      throw new RangeError(`A limiter keeps ${release} of a reduction: give a number from 0 to below 1.`);
    const { window, smoothing } = limiterWindows(lookaheadFrames, holdFrames);
    this.#ceiling = ceiling;
    this.#release = release;
    this.#maximum = new SlidingMaximum({ length: window });
    this.#recent = new Float64Array(smoothing).fill(1);
    this.#sum = smoothing;
  }

  /** One block of peaks, linear, into `gains`, which may be the peaks. */
  process(peaks: Float32Array, gains: Float32Array = peaks): void {
    this.#maximum.process(peaks, gains);
    for (let i = 0; i < gains.length; i += 1) {
      const held = gains[i] ?? 0;
      const needed = held > this.#ceiling ? this.#ceiling / held : 1;
      this.#released = Math.min(needed, needed + (this.#released - needed) * this.#release);
      gains[i] = this.#mean(this.#released);
    }
  }

  /** The mean of the last values, this one included. */
  #mean(newest: number): number {
    this.#sum += newest - (this.#recent[this.#oldest] ?? 0);
    this.#recent[this.#oldest] = newest;
    this.#oldest = this.#oldest + 1 < this.#recent.length ? this.#oldest + 1 : 0;
    return this.#sum / this.#recent.length;
  }
}
