import type { Kernels } from "./kernels.ts";
import type { Layout } from "./layout.ts";

/** The arrays of one processor in the kernels' memory: laid anew only when a block has another length or the memory has grown. */
export class KeptArrays<T> {
  readonly #kernels: Kernels;
  readonly #arrange: (layout: Layout, frames: number) => T;
  #kept: { readonly frames: number; readonly buffer: ArrayBuffer; readonly arrays: T } | undefined;

  constructor(kernels: Kernels, arrange: (layout: Layout, frames: number) => T) {
    this.#kernels = kernels;
    this.#arrange = arrange;
  }

  /** What stands in them is from whoever called last: copy in, call, copy out. */
  of(frames: number): T {
    if (this.#kept?.frames !== frames || this.#kept.buffer !== this.#kernels.buffer) {
      const arrays = this.#kernels.lay((layout) => this.#arrange(layout, frames));
      this.#kept = { frames, buffer: this.#kernels.buffer, arrays };
    }
    return this.#kept.arrays;
  }
}
