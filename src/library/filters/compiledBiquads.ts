import { KeptArrays } from "../kernels/keptArrays.ts";
import type { Kernels } from "../kernels/kernels.ts";
import type { LaidChannels } from "../kernels/layout.ts";
import { PIECE_FRAMES } from "../kernels/pieces.ts";
import type { Biquad } from "./biquad.ts";
import type { BiquadLoop } from "./biquadLoop.ts";
import { keepClean } from "./filterState.ts";

interface Arrays {
  readonly coefficients: Float64Array;
  readonly state: Float64Array;
  readonly pairs: Float64Array;
  readonly sums: Float64Array;
  readonly audio: LaidChannels;
}

/** Two channels at a time in the lanes of a vector. */
export class CompiledBiquads implements BiquadLoop {
  readonly #kernels: Kernels;
  readonly #sections: number;
  readonly #coefficients: Float64Array;
  /** Two pairs for each section and pair of channels. */
  readonly #state: Float64Array;
  readonly #arrays;

  constructor(kernels: Kernels, sections: readonly Biquad[], channels: number) {
    this.#kernels = kernels;
    this.#sections = sections.length;
    this.#coefficients = Float64Array.from(
      sections.flatMap(({ b0, b1, b2, a1, a2 }) => [b0, b1, b2, a1, a2]),
    );
    this.#state = new Float64Array(4 * sections.length * Math.ceil(channels / 2));
    this.#arrays = new KeptArrays<Arrays>(kernels, (layout, frames) => ({
      coefficients: layout.doubles(this.#coefficients.length),
      state: layout.doubles(this.#state.length),
      pairs: layout.doubles(2 * frames),
      sums: layout.doubles(channels),
      audio: layout.channels(channels, frames),
    }));
  }

  process(input: readonly Float32Array[], output: readonly Float32Array[]): void {
    const frames = input[0]?.length ?? 0;
    const { coefficients, state, pairs, audio } = this.#filled(input, frames);
    this.#kernels.run.biquads(
      audio.address,
      audio.stride,
      frames,
      input.length,
      coefficients.byteOffset,
      this.#sections,
      state.byteOffset,
      pairs.byteOffset,
    );
    keepClean(state, this.#state);
    for (const [channel, samples] of audio.samples.entries()) output[channel]?.set(samples);
  }

  squareSums(input: readonly Float32Array[]): Float64Array {
    // Always for as many frames: stretches of changing lengths would lay the arrays anew each time.
    const { coefficients, state, pairs, sums, audio } = this.#filled(input, PIECE_FRAMES);
    this.#kernels.run.biquadSquares(
      audio.address,
      audio.stride,
      input[0]?.length ?? 0,
      input.length,
      coefficients.byteOffset,
      this.#sections,
      state.byteOffset,
      pairs.byteOffset,
      sums.byteOffset,
    );
    keepClean(state, this.#state);
    return sums;
  }

  #filled(input: readonly Float32Array[], frames: number): Arrays {
    const arrays = this.#arrays.of(frames);
    for (const [channel, samples] of input.entries()) arrays.audio.samples[channel]?.set(samples);
    arrays.coefficients.set(this.#coefficients);
    arrays.state.set(this.#state);
    return arrays;
  }
}
