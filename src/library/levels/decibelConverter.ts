import { KeptArrays } from "../kernels/keptArrays.ts";
import { loadKernels, type Kernels } from "../kernels/kernels.ts";
import { inPieces } from "../kernels/pieces.ts";
import { fromDecibels, toDecibels, type Amplitude, type Decibels } from "./decibels.ts";

export interface DecibelConverterOptions {
  /** What silence comes to, and whatever is softer: from −700 to 700 dB, −200 dB by default. */
  readonly floor?: Decibels;
  /** Runs the loop as WebAssembly where that can be had (the default), or plainly in TypeScript. */
  readonly compiled?: boolean;
}

type Loop = (amplitudes: Float32Array, levels: Float32Array) => void;

/** In dB; below and above 32 bits hold no amplitude as exactly as others. */
const LOWEST_FLOOR = -700;
const HIGHEST_FLOOR = 700;

/** The levels of many amplitudes at once: `toDecibels` of each, within 3e-5 dB per 100 dB. */
export class DecibelConverter {
  readonly isCompiled: boolean;
  readonly #loop: Loop;

  /** @throws RangeError where the floor is no number, or not from −700 to 700 dB */
  constructor({ floor = -200, compiled = true }: DecibelConverterOptions = {}) {
    if (!(floor >= LOWEST_FLOOR && floor <= HIGHEST_FLOOR))
      throw new RangeError(
        `The floor of levels is ${floor} dB: give one from ${LOWEST_FLOOR} to ${HIGHEST_FLOOR} dB.`,
      );
    const kernels = compiled ? loadKernels() : undefined;
    this.#loop = kernels ? compiledLoop(kernels, fromDecibels(floor)) : plainLoop(floor);
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
    inPieces([amplitudes], [levels], ([from], [to]) => {
      if (from && to) this.#loop(from, to);
    });
  }
}

const plainLoop =
  (floor: Decibels): Loop =>
  (amplitudes, levels) => {
    for (let n = 0; n < amplitudes.length; n += 1) levels[n] = toDecibels(amplitudes[n] ?? 0, floor);
  };

function compiledLoop(kernels: Kernels, least: Amplitude): Loop {
  const kept = new KeptArrays(kernels, (layout, count) => ({ values: layout.floats(count) }));
  return (amplitudes, levels) => {
    const { values } = kept.of(amplitudes.length);
    values.set(amplitudes);
    kernels.run.decibels(values.byteOffset, amplitudes.length, least);
    levels.set(values);
  };
}
