import type { KernelArrays, Kernels } from "./kernels.ts";

type Lengths = Parameters<Kernels["lay"]>[0];

/** The arrays of one processor in the kernels' memory: laid anew only when a block has another length or the memory has moved. */
export class KeptArrays {
  readonly #kernels: Kernels;
  readonly #lengths: (frames: number) => Lengths;
  #frames = -1;
  #arrays: KernelArrays | undefined;

  constructor(kernels: Kernels, lengths: (frames: number) => Lengths) {
    this.#kernels = kernels;
    this.#lengths = lengths;
  }

  /** What stood in them is another processor's. */
  of(frames: number): KernelArrays {
    if (!this.#arrays || frames !== this.#frames || !this.#kernels.holds(this.#arrays)) {
      this.#arrays = this.#kernels.lay(this.#lengths(frames));
      this.#frames = frames;
    }
    return this.#arrays;
  }
}
