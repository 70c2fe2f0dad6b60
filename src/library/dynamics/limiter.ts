import { finiteNumber, wholeNumber } from "../checkArguments.ts";
import { checkChannels } from "../filters/checkChannels.ts";
import { INTERPOLATION_LATENCY, InterpolatedPeaks } from "../filters/resampling/interpolatedPeaks.ts";
import { fromDecibels } from "../levels/decibels.ts";
import { loadKernels } from "../kernels/kernels.ts";
import { inPieces } from "../kernels/pieces.ts";
import { CompiledLimiter } from "./compiled/compiledLimiter.ts";
import type { ChannelProcessor } from "../filters/channelProcessor.ts";
import { DelayLine } from "./delayLine.ts";
import type { LimiterDesign } from "./designs.ts";
import { LimiterGain } from "./limiterGain.ts";
import { linkPeaks } from "./linkPeaks.ts";
import { framesIn, timeConstant } from "./timeConstant.ts";

export interface LimiterOptions {
  readonly sampleRate: number;
  /** Limited by one gain; 1 by default. */
  readonly channels?: number;
  /** In dB relative to full scale, true peak or sample peak; −1 by default. */
  readonly ceilingDb?: number;
  /** 5 by default: the limiter's latency. */
  readonly lookaheadMs?: number;
  /** Time constant of the way back to unity gain; 50 by default. */
  readonly releaseMs?: number;
  /** Looks between the samples, too, at four times the rate (the default). */
  readonly truePeak?: boolean;
  /** Runs the loops as WebAssembly where that can be had (the default), or plainly in TypeScript. */
  readonly compiled?: boolean;
}

/**
 * A point between two samples is made of many, and the gain moves a little from one to the next: of the hardest signals tried that took a true
 * peak up to 0.045 dB past the ceiling. So much is kept free.
 */
export const TRUE_PEAK_MARGIN_DB = 0.05;

/** With less the gain would move faster than the margin allows; 5 ms at 8 kHz. */
const SHORTEST_TRUE_PEAK_LOOKAHEAD = 40;

/**
 * A peak limiter that looks ahead: all channels get one gain, which is down before the peak that needs it arrives. No sample ever passes the
 * ceiling; with `truePeak` neither does what a meter at four times the rate finds between them.
 */
export class Limiter {
  /** How many frames later the sound comes out. */
  readonly latencyFrames: number;
  readonly isCompiled: boolean;
  readonly #channels: number;
  readonly #runner: ChannelProcessor;

  /** @throws RangeError for what is no level, time or number of channels, and a lookahead too short to see a true peak come */
  constructor(options: LimiterOptions) {
    const { sampleRate, lookaheadMs = 5, releaseMs = 50, truePeak = true, compiled = true } = options;
    const ceilingDb = finiteNumber("The ceiling in dB", options.ceilingDb ?? -1);
    const channels = wholeNumber("The number of channels", options.channels ?? 1);
    const latencyFrames = framesIn(lookaheadMs, sampleRate);
    if (truePeak && latencyFrames < SHORTEST_TRUE_PEAK_LOOKAHEAD) {
      throw new RangeError(
        `A true-peak limiter can't do with a lookahead of ${latencyFrames} frames: give it ${SHORTEST_TRUE_PEAK_LOOKAHEAD} or more.`,
      );
    }
    const design: LimiterDesign = {
      channels,
      // Rounded down to what a sample can hold, so that a sample at the ceiling isn't above it.
      ceiling: floatBelow(fromDecibels(ceilingDb - (truePeak ? TRUE_PEAK_MARGIN_DB : 0))),
      latencyFrames,
      // On either side lies half of what a point between two samples is made of: there, the gain is to stand still.
      holdFrames: truePeak ? INTERPOLATION_LATENCY : 0,
      release: timeConstant(releaseMs, sampleRate),
      truePeak,
    };
    const kernels = compiled ? loadKernels() : undefined;
    this.latencyFrames = latencyFrames;
    this.#channels = channels;
    this.isCompiled = kernels !== undefined;
    this.#runner = kernels ? new CompiledLimiter(kernels, design) : new PlainLimiter(design);
  }

  /**
   * One block: an array per channel, all of one length, into `output`, which may be the input.
   * @throws RangeError when the number of channels isn't the one it was made for
   */
  process(input: readonly Float32Array[], output: readonly Float32Array[] = input): void {
    checkChannels("Limiter", this.#channels, input);
    inPieces(input, output, (from, to) => this.#runner.process(from, to));
  }
}

class PlainLimiter implements ChannelProcessor {
  readonly #ceiling: number;
  readonly #interpolated: InterpolatedPeaks | undefined;
  readonly #gain: LimiterGain;
  readonly #delay: DelayLine;
  #gains = new Float32Array(0);

  constructor({ channels, ceiling, latencyFrames, holdFrames, release, truePeak }: LimiterDesign) {
    this.#ceiling = ceiling;
    this.#interpolated = truePeak ? new InterpolatedPeaks({ channels, compiled: false }) : undefined;
    const lookaheadFrames = latencyFrames - (truePeak ? INTERPOLATION_LATENCY : 0);
    this.#gain = new LimiterGain({ ceiling, lookaheadFrames, holdFrames, release });
    this.#delay = new DelayLine(latencyFrames, { channels });
  }

  process(input: readonly Float32Array[], output: readonly Float32Array[]): void {
    const frames = input[0]?.length ?? 0;
    if (this.#gains.length !== frames) this.#gains = new Float32Array(frames);
    const gains = this.#gains;
    if (this.#interpolated) this.#interpolated.process(input, gains);
    else linkPeaks(input, gains);
    this.#gain.process(gains);
    this.#delay.process(input, output);
    for (const samples of output) {
      for (let i = 0; i < frames; i += 1) {
        const y = (samples[i] ?? 0) * (gains[i] ?? 0);
        samples[i] = Math.max(-this.#ceiling, Math.min(this.#ceiling, y));
      }
    }
  }
}

function floatBelow(value: number): number {
  const nearest = Math.fround(value);
  return nearest <= value ? nearest : Math.fround(value * (1 - 2 ** -24));
}
