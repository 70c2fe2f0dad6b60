import { checkChannels } from "../filters/checkChannels.ts";
import { wholeNumber } from "../checkArguments.ts";
import { loadKernels } from "../kernels/kernels.ts";
import { inPieces } from "../kernels/pieces.ts";
import { CompiledCompressor } from "./compiled/compiledCompressor.ts";
import type { ChannelProcessor } from "../filters/channelProcessor.ts";
import { DelayLine } from "./delayLine.ts";
import { ballisticsOf, type Detector, EnvelopeFollower } from "./envelopeFollower.ts";
import { GainComputer } from "./gainComputer.ts";
import { linkPeaks } from "./linkPeaks.ts";
import { framesIn } from "./timeConstant.ts";

export interface CompressorOptions {
  readonly sampleRate: number;
  /** Turned down by one gain; 1 by default. */
  readonly channels?: number;
  /** −18 by default. */
  readonly thresholdDb?: number;
  /** 4 by default. */
  readonly ratio?: number;
  /** 2 by default. */
  readonly kneeDb?: number;
  /** 0 by default. */
  readonly makeupDb?: number;
  /** 10 by default. */
  readonly attackMs?: number;
  /** 100 by default. */
  readonly releaseMs?: number;
  /** 5 by default: the compressor's latency. */
  readonly lookaheadMs?: number;
  /** Of the largest magnitude of all channels; `peak` by default. */
  readonly detector?: Detector;
  /** Time constant of the running mean square, for `rms` and `hybrid`; 10 by default. */
  readonly averagingMs?: number;
  /** Runs the loops as WebAssembly where that can be had (the default), or plainly in TypeScript. */
  readonly compiled?: boolean;
}

/**
 * A feed-forward compressor with linked channels: level, gain curve, delayed sound. The gain is computed for every frame; the sound comes later by
 * the lookahead, so that the gain is on its way before the attack of the sound.
 */
export class Compressor {
  /** How many frames later the sound comes out. */
  readonly latencyFrames: number;
  readonly isCompiled: boolean;
  readonly #channels: number;
  readonly #runner: ChannelProcessor;

  /** @throws RangeError for what is no level, ratio, time or number of channels, or no detector */
  constructor(options: CompressorOptions) {
    const { sampleRate, channels = 1, lookaheadMs = 5, compiled = true } = options;
    const { thresholdDb = -18, ratio = 4, kneeDb = 2, makeupDb = 0 } = options;
    const { attackMs = 10, releaseMs = 100 } = options;
    const curve = new GainComputer({ thresholdDb, ratio, kneeDb, makeupDb, compiled: false });
    const ballistics = { ...options, attackMs, releaseMs, channels: 1 };
    this.latencyFrames = framesIn(lookaheadMs, sampleRate);
    const kernels = compiled ? loadKernels() : undefined;
    this.#channels = wholeNumber("The number of channels", channels);
    this.isCompiled = kernels !== undefined;
    this.#runner = kernels
      ? new CompiledCompressor(kernels, channels, this.latencyFrames, ballisticsOf(ballistics), curve)
      : new PlainCompressor(
          new EnvelopeFollower({ ...ballistics, compiled: false }),
          curve,
          new DelayLine(this.latencyFrames, { channels }),
        );
  }

  /**
   * One block: an array per channel, all of one length, into `output`, which may be the input.
   * @throws RangeError when the number of channels isn't the one it was made for
   */
  process(input: readonly Float32Array[], output: readonly Float32Array[] = input): void {
    checkChannels("Compressor", this.#channels, input);
    inPieces(input, output, (from, to) => this.#runner.process(from, to));
  }
}

class PlainCompressor implements ChannelProcessor {
  readonly #follower: EnvelopeFollower;
  readonly #curve: GainComputer;
  readonly #delay: DelayLine;
  #gains = new Float32Array(0);

  constructor(follower: EnvelopeFollower, curve: GainComputer, delay: DelayLine) {
    this.#follower = follower;
    this.#curve = curve;
    this.#delay = delay;
  }

  process(input: readonly Float32Array[], output: readonly Float32Array[]): void {
    const frames = input[0]?.length ?? 0;
    if (this.#gains.length !== frames) this.#gains = new Float32Array(frames);
    const gains = this.#gains;
    linkPeaks(input, gains);
    this.#follower.process([gains]);
    this.#curve.process(gains);
    this.#delay.process(input, output);
    for (const samples of output) {
      for (let i = 0; i < frames; i += 1) samples[i] = (samples[i] ?? 0) * (gains[i] ?? 0);
    }
  }
}
