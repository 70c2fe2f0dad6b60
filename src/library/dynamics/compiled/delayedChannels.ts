import { KeptArrays } from "../../kernels/keptArrays.ts";
import type { KernelArrays, Kernels } from "../../kernels/kernels.ts";

/** Fills in `gains`, a frame each, from the samples of the newest block: the first channel's begin at `first`, the next ones' `stride` bytes behind. */
type ComputeGains = (gains: Float32Array, first: number, stride: number, others: KernelArrays) => void;

/** Channels in the kernels' memory, each behind what came before it, so that a gain meets samples that are older than itself. */
export class DelayedChannels {
  readonly #kernels: Kernels;
  readonly #history: readonly Float32Array[];
  readonly #delay: number;
  readonly #arrays: KeptArrays;
  readonly #others: { doubles: readonly number[]; floats: readonly number[] };

  constructor(
    kernels: Kernels,
    channels: number,
    delay: number,
    others: { doubles: readonly number[]; floats: readonly number[] },
  ) {
    this.#kernels = kernels;
    this.#delay = delay;
    this.#history = Array.from({ length: channels }, () => new Float32Array(delay));
    this.#others = others;
    this.#arrays = new KeptArrays(kernels, (frames) => ({
      doubles: others.doubles,
      floats: [...others.floats, frames, ...this.#history.map(() => delay + frames)],
    }));
  }

  /** Delays a block, multiplies it by its gains and keeps it within ± `ceiling`. */
  process(
    input: readonly Float32Array[],
    output: readonly Float32Array[],
    ceiling: number,
    computeGains: ComputeGains,
  ): void {
    const frames = input[0]?.length ?? 0;
    const arrays = this.#arrays.of(frames);
    const [gains, ...channels] = arrays.floats.slice(this.#others.floats.length);
    const [first, second] = channels;
    if (!gains || !first || frames === 0) return;
    for (const [channel, samples] of channels.entries()) {
      samples.set(this.#history[channel] ?? []);
      samples.set(input[channel] ?? [], this.#delay);
      this.#history[channel]?.set(samples.subarray(frames));
    }
    const stride = second ? second.byteOffset - first.byteOffset : 0;
    computeGains(gains, first.byteOffset + this.#delay * first.BYTES_PER_ELEMENT, stride, arrays);
    this.#kernels.run.applyGains(
      first.byteOffset,
      stride,
      frames,
      channels.length,
      gains.byteOffset,
      ceiling,
    );
    for (const [channel, samples] of channels.entries()) output[channel]?.set(samples.subarray(0, frames));
  }
}
