import { checkChannels } from "../filters/checkChannels.ts";
import { oneOf, wholeNumber } from "../checkArguments.ts";
import { loadKernels } from "../kernels/kernels.ts";
import { inPieces } from "../kernels/pieces.ts";
import { cleaned } from "../filters/filterState.ts";
import { CompiledEnvelopes } from "./compiled/compiledEnvelopes.ts";
import type { Ballistics, EnvelopeRunner } from "./designs.ts";
import { LevelSummary } from "./levelSummary.ts";
import { timeConstant } from "./timeConstant.ts";

/** What a level is taken from: the rectified signal, the root of its running mean square, or 0.7 of this and 0.3 of that. */
export type Detector = "peak" | "rms" | "hybrid";

export interface EnvelopeOptions {
  readonly sampleRate: number;
  readonly attackMs: number;
  readonly releaseMs: number;
  /** `peak` by default. */
  readonly detector?: Detector;
  /** Time constant of the running mean square, for `rms` and `hybrid`; 10 by default. */
  readonly averagingMs?: number;
  /** Followed each by itself; 1 by default. */
  readonly channels?: number;
  /** Runs the loop as WebAssembly where that can be had (the default), or plainly in TypeScript. */
  readonly compiled?: boolean;
}

const RMS_SHARES: Readonly<Record<Detector, number>> = { peak: 0, rms: 1, hybrid: 0.7 };
const DETECTORS = Object.keys(RMS_SHARES) as Detector[];

/**
 * The level of a signal, linear, from 0: e ← x + (e − x) α, with α = exp(−1 / (ms 10⁻³ fs)) of the attack while x is above e and of the
 * release otherwise (U. Zölzer, DAFX: Digital Audio Effects, 4.2).
 */
export class EnvelopeFollower {
  readonly isCompiled: boolean;
  readonly #channels: number;
  readonly #runner: EnvelopeRunner;
  readonly #summary = new LevelSummary();

  /** @throws RangeError for what is no time or number of channels, or no detector */
  constructor(options: EnvelopeOptions) {
    const { compiled = true } = options;
    const channels = wholeNumber("The number of channels", options.channels ?? 1);
    const ballistics = ballisticsOf(options);
    const kernels = compiled ? loadKernels() : undefined;
    this.#runner = kernels
      ? new CompiledEnvelopes(kernels, ballistics, channels)
      : new PlainEnvelopes(ballistics, channels);
    this.#channels = channels;
    this.isCompiled = kernels !== undefined;
  }

  /**
   * One block: an array per channel, all of one length, into `levels`, which may be the input.
   * @throws RangeError when the number of channels isn't the one it was made for
   */
  process(input: readonly Float32Array[], levels: readonly Float32Array[] = input): void {
    checkChannels("EnvelopeFollower", this.#channels, input);
    inPieces(input, levels, (from, to) => this.#runner.process(from, to, this.#summary));
  }

  /**
   * As `process`, without giving the levels: for their mean and the highest one.
   * @throws RangeError when the number of channels isn't the one it was made for
   */
  push(input: readonly Float32Array[]): void {
    checkChannels("EnvelopeFollower", this.#channels, input);
    inPieces(input, [], (from) => this.#runner.process(from, [], this.#summary));
  }

  /** The mean of all levels so far, those of all channels together; 0 before the first frame. */
  get mean(): number {
    return this.#summary.mean;
  }

  /** The highest level so far, of all channels. */
  get highest(): number {
    return this.#summary.highest;
  }
}

export function ballisticsOf(options: EnvelopeOptions): Ballistics {
  const { sampleRate, attackMs, releaseMs, averagingMs = 10, detector = "peak" } = options;
  return {
    attack: timeConstant(attackMs, sampleRate),
    release: timeConstant(releaseMs, sampleRate),
    averaging: timeConstant(averagingMs, sampleRate),
    rmsShare: RMS_SHARES[oneOf("detector", detector, DETECTORS)],
  };
}

class PlainEnvelopes implements EnvelopeRunner {
  readonly #ballistics: Ballistics;
  readonly #levels: Float64Array;
  readonly #meanSquares: Float64Array;

  constructor(ballistics: Ballistics, channels: number) {
    this.#ballistics = ballistics;
    this.#levels = new Float64Array(channels);
    this.#meanSquares = new Float64Array(channels);
  }

  process(input: readonly Float32Array[], levels: readonly Float32Array[], summary: LevelSummary): void {
    for (const [channel, samples] of input.entries()) {
      this.#follow(samples, levels[channel], channel, summary);
    }
  }

  #follow(
    samples: Float32Array,
    levels: Float32Array | undefined,
    channel: number,
    summary: LevelSummary,
  ): void {
    const { attack, release, averaging, rmsShare } = this.#ballistics;
    let level = this.#levels[channel] ?? 0;
    let meanSquare = this.#meanSquares[channel] ?? 0;
    let sum = 0;
    let highest = 0;
    for (let i = 0; i < samples.length; i += 1) {
      const peak = Math.abs(samples[i] ?? 0);
      meanSquare = peak * peak + (meanSquare - peak * peak) * averaging;
      const x = rmsShare * Math.sqrt(meanSquare) + (1 - rmsShare) * peak;
      level = x + (level - x) * (x > level ? attack : release);
      if (levels) levels[i] = level;
      sum += level;
      if (level > highest) highest = level;
    }
    summary.add(sum, samples.length, highest);
    this.#levels[channel] = cleaned(level);
    this.#meanSquares[channel] = cleaned(meanSquare);
  }
}
