import { KeptArrays } from "../kernels/keptArrays.ts";
import { loadKernels, type Kernels } from "../kernels/kernels.ts";
import { inPieces, PIECE_FRAMES } from "../kernels/pieces.ts";

export interface StereoSumsOptions {
  /** Runs the loop as WebAssembly where that can be had (the default), or plainly in TypeScript. */
  readonly compiled?: boolean;
}

interface Loop {
  add(left: Float32Array, right: Float32Array, sums: StereoSums): void;
}

/**
 * Of two channels: Σ l², Σ r², Σ l·r in 64 bits and the largest magnitude, all in one pass, over whatever was added since the last reset.
 * What isn't a number stays in the sums; no peak counts it.
 */
export class StereoSums {
  leftLeft = 0;
  rightRight = 0;
  leftRight = 0;
  peak = 0;
  readonly isCompiled: boolean;
  readonly #loop: Loop;

  constructor({ compiled = true }: StereoSumsOptions = {}) {
    const kernels = compiled ? loadKernels() : undefined;
    this.#loop = kernels ? new CompiledLoop(kernels) : plainLoop;
    this.isCompiled = kernels !== undefined;
  }

  reset(): void {
    this.leftLeft = this.rightRight = this.leftRight = this.peak = 0;
  }

  /** Adds a stretch of both channels. @throws RangeError where one is longer than the other */
  add(left: Float32Array, right: Float32Array): void {
    if (left.length !== right.length)
      throw new RangeError(
        `The left channel has ${left.length} samples, the right one ${right.length}: give as many of both.`,
      );
    inPieces([left, right], [], ([l, r]) => {
      if (l && r) this.#loop.add(l, r, this);
    });
  }
}

class CompiledLoop implements Loop {
  readonly #kernels: Kernels;
  readonly #arrays;

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
    this.#arrays = new KeptArrays(kernels, (layout, frames) => ({
      left: layout.floats(frames),
      right: layout.floats(frames),
      found: layout.doubles(4),
    }));
  }

  add(left: Float32Array, right: Float32Array, sums: StereoSums): void {
    // Always for as many frames: stretches of changing lengths would lay the arrays anew each time.
    const arrays = this.#arrays.of(PIECE_FRAMES);
    arrays.left.set(left);
    arrays.right.set(right);
    const { left: l, right: r, found } = arrays;
    this.#kernels.run.stereoSums(l.byteOffset, r.byteOffset, left.length, found.byteOffset);
    const [leftLeft = 0, rightRight = 0, leftRight = 0, peak = 0] = found;
    sums.leftLeft += leftLeft;
    sums.rightRight += rightRight;
    sums.leftRight += leftRight;
    sums.peak = Math.max(sums.peak, peak);
  }
}

const plainLoop: Loop = {
  add(left, right, sums) {
    for (let frame = 0; frame < left.length; frame += 1) {
      const l = left[frame] ?? 0;
      const r = right[frame] ?? 0;
      sums.leftLeft += l * l;
      sums.rightRight += r * r;
      sums.leftRight += l * r;
      if (Math.abs(l) > sums.peak) sums.peak = Math.abs(l);
      if (Math.abs(r) > sums.peak) sums.peak = Math.abs(r);
    }
  },
};
