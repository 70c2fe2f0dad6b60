import { KeptArrays } from "../kernels/keptArrays.ts";
import { loadKernels, type Kernels } from "../kernels/kernels.ts";
import { inPieces, PIECE_FRAMES } from "../kernels/pieces.ts";
import { zeroCrossings } from "../spectrum/features/spectralFeatures.ts";

export interface ZeroCrossingCounterOptions {
  /** Runs the loop as WebAssembly where that can be had (the default), or plainly in TypeScript. */
  readonly compiled?: boolean;
}

/** How often the samples cross 0, the last one before them included. */
type Count = (before: number, samples: Float32Array) => number;

/** How often a signal goes from below 0 to 0 or above, or back, block by block; what is no number is above. */
export class ZeroCrossingCounter {
  /** So far. */
  count = 0;
  readonly isCompiled: boolean;
  readonly #count: Count;
  #before: number | undefined;

  constructor({ compiled = true }: ZeroCrossingCounterOptions = {}) {
    const kernels = compiled ? loadKernels() : undefined;
    this.#count = kernels ? compiledCount(kernels) : plainCount;
    this.isCompiled = kernels !== undefined;
  }

  add(samples: Float32Array): void {
    inPieces([samples], [], ([piece]) => {
      if (!piece || piece.length === 0) return;
      this.count += this.#count(this.#before ?? piece[0] ?? 0, piece);
      this.#before = piece.at(-1);
    });
  }
}

function compiledCount(kernels: Kernels): Count {
  const arrays = new KeptArrays(kernels, (layout, frames) => ({ samples: layout.floats(frames) }));
  return (before, piece) => {
    const { samples } = arrays.of(1 + PIECE_FRAMES);
    samples[0] = before;
    samples.set(piece, 1);
    return kernels.run.zeroCrossings(samples.byteOffset, 1 + piece.length);
  };
}

const plainCount: Count = (before, samples) =>
  Number(before < 0 !== (samples[0] ?? 0) < 0) + zeroCrossings(samples);
