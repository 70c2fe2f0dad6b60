import { finiteNumber, wholeNumber } from "../checkArguments.ts";
import { loadKernels } from "../kernels/kernels.ts";
import { inPieces } from "../kernels/pieces.ts";
import type { Biquad } from "./biquad.ts";
import { checkChannels } from "./checkChannels.ts";
import type { BiquadLoop } from "./biquadLoop.ts";
import { CompiledBiquads } from "./compiledBiquads.ts";
import { cleaned } from "./filterState.ts";

export interface BiquadCascadeOptions {
  /** 1 by default. */
  readonly channels?: number;
  /** Runs the loop as WebAssembly where that can be had (the default), or plainly in TypeScript. */
  readonly compiled?: boolean;
}

const COEFFICIENTS = ["b0", "b1", "b2", "a1", "a2"] as const;

/**
 * Biquads one after the other, in transposed direct form II with 64-bit state (J. O. Smith, Introduction to Digital Filters). No latency.
 */
export class BiquadCascade {
  readonly isCompiled: boolean;
  readonly #channels: number;
  readonly #loop: BiquadLoop;

  /** @throws RangeError when a coefficient is no number, or there is no such number of channels */
  constructor(sections: readonly Biquad[], options: BiquadCascadeOptions = {}) {
    const { compiled = true } = options;
    const channels = wholeNumber("The number of channels", options.channels ?? 1);
    for (const [index, section] of sections.entries()) {
      for (const name of COEFFICIENTS) finiteNumber(`Coefficient ${name} of section ${index}`, section[name]);
    }
    const kernels = compiled ? loadKernels() : undefined;
    this.#channels = channels;
    this.#loop = kernels
      ? new CompiledBiquads(kernels, sections, channels)
      : new PlainBiquads(sections, channels);
    this.isCompiled = kernels !== undefined;
  }

  /**
   * Filters one block: an array per channel, all of one length, into `output`, which may be the input.
   * @throws RangeError when the number of channels isn't the one it was made for
   */
  process(input: readonly Float32Array[], output: readonly Float32Array[] = input): void {
    checkChannels("BiquadCascade", this.#channels, input);
    inPieces(input, output, (from, to) => this.#loop.process(from, to));
  }

  /**
   * Filters one block and leaves it as it is.
   * @returns of each channel, Σ y² of what comes out, in 64 bits
   * @throws RangeError when the number of channels isn't the one it was made for
   */
  squareSums(input: readonly Float32Array[]): Float64Array {
    checkChannels("BiquadCascade", this.#channels, input);
    const sums = new Float64Array(this.#channels);
    inPieces(input, input, (piece) => {
      this.#loop.squareSums(piece).forEach((sum, channel) => {
        sums[channel] = (sums[channel] ?? 0) + sum;
      });
    });
    return sums;
  }
}

class PlainBiquads implements BiquadLoop {
  readonly #sections: readonly Biquad[];
  /** Two numbers for each section, channel after channel. */
  readonly #state: Float64Array;
  /** One channel between two sections: rounded to 32 bits only at the end. */
  #between = new Float64Array(0);

  constructor(sections: readonly Biquad[], channels: number) {
    this.#sections = sections;
    this.#state = new Float64Array(2 * sections.length * channels);
  }

  process(input: readonly Float32Array[], output: readonly Float32Array[]): void {
    for (const [channel, samples] of input.entries()) output[channel]?.set(this.#filtered(channel, samples));
  }

  squareSums(input: readonly Float32Array[]): Float64Array {
    return Float64Array.from(input, (samples, channel) =>
      this.#filtered(channel, samples).reduce((sum, sample) => sum + sample * sample, 0),
    );
  }

  /** Valid until the next call. */
  #filtered(channel: number, samples: Float32Array): Float64Array {
    if (this.#between.length < samples.length) this.#between = new Float64Array(samples.length);
    const between = this.#between.subarray(0, samples.length);
    between.set(samples);
    for (const [index, section] of this.#sections.entries())
      filter(between, section, this.#state, 2 * (channel * this.#sections.length + index));
    return between;
  }
}

/** One section over one channel in place; its state is at `at`. */
function filter(samples: Float64Array, section: Biquad, state: Float64Array, at: number): void {
  const { b0, b1, b2, a1, a2 } = section;
  let s1 = state[at] ?? 0;
  let s2 = state[at + 1] ?? 0;
  for (let i = 0; i < samples.length; i += 1) {
    const x = samples[i] ?? 0;
    const y = b0 * x + s1;
    s1 = b1 * x + s2 - a1 * y;
    s2 = b2 * x - a2 * y;
    samples[i] = y;
  }
  state[at] = cleaned(s1);
  state[at + 1] = cleaned(s2);
}
