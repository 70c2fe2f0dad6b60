import { KeptArrays } from "../kernels/keptArrays.ts";
import { loadKernels, type Kernels } from "../kernels/kernels.ts";
import { inPieces, PIECE_FRAMES } from "../kernels/pieces.ts";

export interface DownmixerOptions {
  /** Runs the loop for two channels as WebAssembly where that can be had (the default), or plainly in TypeScript. */
  readonly compiled?: boolean;
}

type TakeMean = (left: Float32Array, right: Float32Array, into: Float32Array) => void;

/** One channel of many: their mean, sample by sample. */
export class Downmixer {
  readonly isCompiled: boolean;
  readonly #takeMean: TakeMean;
  #mono = new Float32Array(0);

  constructor({ compiled = true }: DownmixerOptions = {}) {
    const kernels = compiled ? loadKernels() : undefined;
    this.#takeMean = kernels ? compiledMean(kernels) : plainMean;
    this.isCompiled = kernels !== undefined;
  }

  /**
   * @param channels an array each, all of one length
   * @returns as many samples, valid until the next call; where there is one channel, that channel itself
   */
  mix(channels: readonly Float32Array[]): Float32Array {
    const [left, right, ...others] = channels;
    if (!left) return this.#mono.subarray(0, 0);
    if (!right) return left;
    if (this.#mono.length < left.length) this.#mono = new Float32Array(left.length);
    const mono = this.#mono.subarray(0, left.length);
    if (others.length > 0) meanOfAll(channels, mono);
    else
      inPieces([left, right], [mono], ([l, r], [into]) => {
        if (l && r && into) this.#takeMean(l, r, into);
      });
    return mono;
  }
}

function compiledMean(kernels: Kernels): TakeMean {
  // Always for as many frames: blocks of changing lengths would lay the arrays anew each time.
  const arrays = new KeptArrays(kernels, (layout, frames) => ({
    left: layout.floats(frames),
    right: layout.floats(frames),
  }));
  return (left, right, into) => {
    const { left: l, right: r } = arrays.of(PIECE_FRAMES);
    l.set(left);
    r.set(right);
    kernels.run.mean(l.byteOffset, r.byteOffset, left.length);
    into.set(l.subarray(0, left.length));
  };
}

const plainMean: TakeMean = (left, right, into) => {
  for (let frame = 0; frame < into.length; frame += 1)
    into[frame] = ((left[frame] ?? 0) + (right[frame] ?? 0)) / 2;
};

function meanOfAll(channels: readonly Float32Array[], into: Float32Array): void {
  into.fill(0);
  for (const channel of channels)
    for (let frame = 0; frame < into.length; frame += 1)
      into[frame] = (into[frame] ?? 0) + (channel[frame] ?? 0);
  for (let frame = 0; frame < into.length; frame += 1) into[frame] = (into[frame] ?? 0) / channels.length;
}
