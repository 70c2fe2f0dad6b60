import { KeptArrays } from "../kernels/keptArrays.ts";
import { loadKernels, type Kernels } from "../kernels/kernels.ts";
import { PIECE_FRAMES } from "../kernels/pieces.ts";
import { fromDecibels, toDecibels, type Amplitude, type Decibels } from "./decibels.ts";

export interface DecibelConverterOptions {
  /** What silence comes to, and whatever is softer: from −700 dB on, −200 dB by default. */
  readonly floor?: Decibels;
  /** Runs the loop as WebAssembly where that can be had (the default), or plainly in TypeScript. */
  readonly compiled?: boolean;
}

/** Below it 32 bits hold no amplitude as exactly as others. */
const LOWEST_FLOOR = -700;

/** The levels of many amplitudes at once: `toDecibels` of each, within 1e-5 dB per 100 dB. */
export class DecibelConverter {
  readonly isCompiled: boolean;
  readonly #floor: Decibels;
  readonly #loop: ((amplitudes: Float32Array, levels: Float32Array) => void) | undefined;

  /** @throws RangeError where the floor is no number, or below −700 dB */
  constructor({ floor = -200, compiled = true }: DecibelConverterOptions = {}) {
    if (!(floor >= LOWEST_FLOOR && floor < Infinity))
      throw new RangeError(`The floor of levels is ${floor} dB: give one from ${LOWEST_FLOOR} dB on.`);
    const kernels = compiled ? loadKernels() : undefined;
    this.#floor = floor;
    this.#loop = kernels && compiledLoop(kernels, fromDecibels(floor));
    this.isCompiled = kernels !== undefined;
  }

  /**
   * Puts the level of each amplitude, whatever its sign, into `levels`, which may be the same array. NaN stays NaN.
   * @throws RangeError where `levels` has another length
   */
  convert(amplitudes: Float32Array, levels: Float32Array): void {
    if (amplitudes.length !== levels.length)
      throw new RangeError(
        `There are ${amplitudes.length} amplitudes and room for ${levels.length} levels: give as many of both.`,
      );
    if (!this.#loop) {
      for (let n = 0; n < amplitudes.length; n += 1) levels[n] = toDecibels(amplitudes[n] ?? 0, this.#floor);
    } else if (amplitudes.length <= PIECE_FRAMES) {
      this.#loop(amplitudes, levels);
    } else {
      for (let start = 0; start < amplitudes.length; start += PIECE_FRAMES) {
        const end = start + PIECE_FRAMES;
        this.#loop(amplitudes.subarray(start, end), levels.subarray(start, end));
      }
    }
  }
}

function compiledLoop(
  kernels: Kernels,
  least: Amplitude,
): (amplitudes: Float32Array, levels: Float32Array) => void {
  const kept = new KeptArrays(kernels, (layout, count) => ({ values: layout.floats(count) }));
  return (amplitudes, levels) => {
    const { values } = kept.of(amplitudes.length);
    values.set(amplitudes);
    kernels.run.decibels(values.byteOffset, amplitudes.length, least);
    levels.set(values);
  };
}
