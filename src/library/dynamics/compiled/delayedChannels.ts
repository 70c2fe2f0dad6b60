import type { Address } from "../../kernels/kernelFunctions.ts";
import { KeptArrays } from "../../kernels/keptArrays.ts";
import type { Kernels } from "../../kernels/kernels.ts";
import type { Layout } from "../../kernels/layout.ts";

/** A block in the kernels' memory while its gains are computed. */
export interface Incoming<T> {
  /** To be filled in, one for each frame. */
  readonly gains: Float32Array;
  /** Of the first channel's newest samples; those before them lie in front. */
  readonly address: Address;
  /** Bytes from one channel to the next. */
  readonly stride: number;
  /** What else was asked for. */
  readonly others: T;
}

/** Channels in the kernels' memory, each behind what came before it, so that a gain meets samples that are older than itself. */
export class DelayedChannels<T> {
  readonly #kernels: Kernels;
  readonly #history: readonly Float32Array[];
  readonly #arrays;

  constructor(kernels: Kernels, channels: number, delay: number, layOthers: (layout: Layout) => T) {
    this.#kernels = kernels;
    this.#history = Array.from({ length: channels }, () => new Float32Array(delay));
    this.#arrays = new KeptArrays(kernels, (layout, frames) => {
      const others = layOthers(layout);
      const gains = layout.floats(frames);
      const { samples, address, stride } = layout.channels(channels, delay + frames);
      const incoming: Incoming<T> = {
        gains,
        address: address + delay * Float32Array.BYTES_PER_ELEMENT,
        stride,
        others,
      };
      return {
        incoming,
        address,
        before: samples.map((whole) => whole.subarray(0, delay)),
        block: samples.map((whole) => whole.subarray(delay)),
        outgoing: samples.map((whole) => whole.subarray(0, frames)),
        after: samples.map((whole) => whole.subarray(frames)),
      };
    });
  }

  /** Delays a block, multiplies it by its gains and keeps it within ± `ceiling`. */
  process(
    input: readonly Float32Array[],
    output: readonly Float32Array[],
    ceiling: number,
    computeGains: (incoming: Incoming<T>) => void,
  ): void {
    const frames = input[0]?.length ?? 0;
    const { incoming, address, before, block, outgoing, after } = this.#arrays.of(frames);
    for (const [channel, samples] of input.entries()) {
      const history = this.#history[channel] ?? [];
      before[channel]?.set(history);
      block[channel]?.set(samples);
      this.#history[channel]?.set(after[channel] ?? history);
    }
    computeGains(incoming);
    const { gains, stride } = incoming;
    this.#kernels.run.applyGains(address, stride, frames, input.length, gains.byteOffset, ceiling);
    for (const [channel, samples] of outgoing.entries()) output[channel]?.set(samples);
  }
}
