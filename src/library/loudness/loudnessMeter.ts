import { finiteNumber, wholeNumber } from "../checkArguments.ts";
import { checkChannels } from "../filters/checkChannels.ts";
import { BiquadCascade } from "../filters/biquadCascade.ts";
import { LoudnessHistogram, loudnessOf } from "./gating.ts";
import { kWeighting } from "./kWeighting.ts";

export interface LoudnessMeterOptions {
  readonly sampleRate: number;
  /** 1 by default. */
  readonly channels?: number;
  /** One for each channel; by default the standard's for WAV's order, in which this library decodes: see `WEIGHTS`. */
  readonly channelWeights?: readonly number[];
  /** Runs the filter as WebAssembly where that can be had (the default), or plainly in TypeScript. */
  readonly compiled?: boolean;
}

/** BS.1770-5, table 4: beside the listener, from 60° to 120°, where the surrounds of 5.1 stand; 1 in front and behind. */
const SURROUND = 1.41;
const BACK = 1;
const LFE = 0;
/** Up to three channels, and of more than eight, all count alike. */
const WEIGHTS: Readonly<Record<number, readonly number[]>> = {
  4: [1, 1, SURROUND, SURROUND],
  5: [1, 1, 1, SURROUND, SURROUND],
  6: [1, 1, 1, LFE, SURROUND, SURROUND],
  7: [1, 1, 1, LFE, BACK, SURROUND, SURROUND],
  8: [1, 1, 1, LFE, BACK, BACK, SURROUND, SURROUND],
};

/** Blocks of 400 ms begin every 100 ms; those of 3 s, too. */
const STEPS_PER_SECOND = 10;
const MOMENTARY_STEPS = 4;
const SHORT_TERM_STEPS = 30;

/**
 * Loudness of programmes by ITU-R BS.1770-5 and EBU R 128 (Tech 3341, 3342), in LUFS; −Infinity for silence and before the first whole block.
 */
export class LoudnessMeter {
  readonly #weights: readonly number[];
  readonly #filter: BiquadCascade;
  readonly #stepFrames: number;
  /** Mean squares of the last steps, weighted and summed over the channels: a ring. */
  readonly #steps = new Float64Array(SHORT_TERM_STEPS);
  #stepCount = 0;
  #framesInStep = 0;
  #squares = 0;
  readonly #momentaries = new LoudnessHistogram();
  readonly #shortTerms = new LoudnessHistogram();
  #loudestMomentary = 0;
  #loudestShortTerm = 0;

  /** @throws RangeError when there aren't as many weights as channels, one is no number, or the sample rate is below 3.4 kHz */
  constructor(options: LoudnessMeterOptions) {
    const { sampleRate, compiled = true } = options;
    const channels = wholeNumber("The number of channels", options.channels ?? 1);
    this.#weights = options.channelWeights ?? WEIGHTS[channels] ?? new Array<number>(channels).fill(1);
    if (this.#weights.length !== channels) {
      throw new RangeError(
        `A loudness meter for ${channels} channel(s) was given ${this.#weights.length} channel weights: give one for each.`,
      );
    }
    for (const weight of this.#weights) finiteNumber("The weight of a channel", weight);
    this.#filter = new BiquadCascade(kWeighting(sampleRate), { channels, compiled });
    this.#stepFrames = Math.round(sampleRate / STEPS_PER_SECOND);
  }

  /**
   * One block: an array per channel, all of one length. It stays as it is.
   * @throws RangeError when the number of channels isn't the one it was made for
   */
  push(channels: readonly Float32Array[]): void {
    checkChannels("LoudnessMeter", this.#weights.length, channels);
    const frames = channels[0]?.length ?? 0;
    for (let start = 0; start < frames;) {
      const end = Math.min(frames, start + this.#stepFrames - this.#framesInStep);
      const stretch = channels.map((samples) => samples.subarray(start, end));
      this.#filter.squareSums(stretch).forEach((squares, channel) => {
        this.#squares += (this.#weights[channel] ?? 0) * squares;
      });
      this.#framesInStep += end - start;
      start = end;
      if (this.#framesInStep === this.#stepFrames) this.#endStep();
    }
  }

  #endStep(): void {
    this.#steps[this.#stepCount % SHORT_TERM_STEPS] = this.#squares / this.#stepFrames;
    this.#stepCount += 1;
    this.#squares = 0;
    this.#framesInStep = 0;
    if (this.#stepCount >= MOMENTARY_STEPS) {
      const power = this.#lastSteps(MOMENTARY_STEPS);
      this.#momentaries.add(power);
      if (power > this.#loudestMomentary) this.#loudestMomentary = power;
    }
    if (this.#stepCount >= SHORT_TERM_STEPS) {
      const power = this.#lastSteps(SHORT_TERM_STEPS);
      this.#shortTerms.add(power);
      if (power > this.#loudestShortTerm) this.#loudestShortTerm = power;
    }
  }

  /** Their mean; 0 while there are fewer. */
  #lastSteps(count: number): number {
    if (this.#stepCount < count) return 0;
    let sum = 0;
    for (let back = 1; back <= count; back += 1) {
      sum += this.#steps[(this.#stepCount - back) % SHORT_TERM_STEPS] ?? 0;
    }
    return sum / count;
  }

  /** Of the last 400 ms, every 100 ms. */
  get momentary(): number {
    return loudnessOf(this.#lastSteps(MOMENTARY_STEPS));
  }

  /** Of the last 3 s, every 100 ms. */
  get shortTerm(): number {
    return loudnessOf(this.#lastSteps(SHORT_TERM_STEPS));
  }

  /** Of the whole, by blocks of 400 ms above −70 LUFS and above 10 LU below their mean. */
  get integrated(): number {
    return this.#momentaries.gatedLoudness(-10);
  }

  /** Loudness range in LU: from the 10th to the 95th percentile of the short-term loudness (EBU Tech 3342). */
  get range(): number {
    return this.#shortTerms.spread(-20, 0.1, 0.95);
  }

  get loudestMomentary(): number {
    return loudnessOf(this.#loudestMomentary);
  }

  get loudestShortTerm(): number {
    return loudnessOf(this.#loudestShortTerm);
  }
}
