import { KeptArrays } from "../kernels/keptArrays.ts";
import type { Kernels } from "../kernels/kernels.ts";
import type { Biquad } from "./biquad.ts";
import type { ChannelProcessor } from "./channelProcessor.ts";
import { keepClean } from "./filterState.ts";

/** Two channels at a time in the lanes of a vector. */
export class CompiledBiquads implements ChannelProcessor {
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
    this.#arrays = new KeptArrays(kernels, (layout, frames) => ({
      coefficients: layout.doubles(this.#coefficients.length),
      state: layout.doubles(this.#state.length),
      pairs: layout.doubles(2 * frames),
      audio: layout.channels(channels, frames),
    }));
  }

  process(input: readonly Float32Array[], output: readonly Float32Array[]): void {
    const frames = input[0]?.length ?? 0;
    const { coefficients, state, pairs, audio } = this.#arrays.of(frames);
    for (const [channel, samples] of input.entries()) audio.samples[channel]?.set(samples);
    coefficients.set(this.#coefficients);
    state.set(this.#state);
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
}
