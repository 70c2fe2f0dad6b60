import { wholeNumber } from "../../checkArguments.ts";
import { checkChannels } from "../checkChannels.ts";
import { PolyphaseStream, type PolyphaseTable } from "./polyphaseStream.ts";
import { polyphaseTable } from "./resampler.ts";

export interface OversamplerOptions {
  readonly factor: 2 | 4;
  /** 1 by default. */
  readonly channels?: number;
  /** Runs the loops as WebAssembly where that can be had (the default), or plainly in TypeScript. */
  readonly compiled?: boolean;
}

/** Samples of the lower rate on either side of each sample. */
const HALF_WIDTH = 32;
const STOPBAND_DB = 100;

/**
 * To a multiple of the sample rate and back, by linear-phase filters that are 6 dB down at half the lower rate (for a factor of 2: half-band
 * filters). Flat to 0.45 of the lower rate, 100 dB down from 0.55 of it on; on the way up each input sample comes through as it is.
 */
export class Oversampler {
  readonly factor: number;
  /** Frames of the lower rate that the sound is delayed by, each way. */
  readonly latencyFrames = HALF_WIDTH;
  readonly #up: readonly PolyphaseStream[];
  readonly #down: readonly PolyphaseStream[];

  /** @throws RangeError when the factor isn't 2 or 4, or there is no such number of channels */
  constructor({ factor, channels = 1, compiled = true }: OversamplerOptions) {
    if (![2, 4].includes(factor)) {
      throw new RangeError(`A sample rate can't be raised to ${factor} times here: give 2 or 4.`);
    }
    wholeNumber("The number of channels", channels);
    this.factor = factor;
    const up = polyphaseTable(factor, 1, HALF_WIDTH, 1, STOPBAND_DB);
    const down = polyphaseTable(1, factor, HALF_WIDTH * factor, 1 / factor, STOPBAND_DB);
    const streams = (table: PolyphaseTable): PolyphaseStream[] =>
      Array.from({ length: channels }, () => new PolyphaseStream(table, table.taps - 1, compiled));
    this.#up = streams(up);
    this.#down = streams(down);
  }

  /**
   * One block, an array per channel: new arrays, `factor` times as long.
   * @throws RangeError when the number of channels isn't the one it was made for
   */
  upsample(input: readonly Float32Array[]): Float32Array[] {
    checkChannels("Oversampler", this.#up.length, input);
    return this.#up.map((stream, channel) => stream.process(input[channel] ?? new Float32Array(0)));
  }

  /**
   * One block of a multiple of `factor` frames, an array per channel: new arrays at the lower rate.
   * @throws RangeError when the number of channels isn't the one it was made for
   */
  downsample(input: readonly Float32Array[]): Float32Array[] {
    checkChannels("Oversampler", this.#down.length, input);
    return this.#down.map((stream, channel) => stream.process(input[channel] ?? new Float32Array(0)));
  }
}
