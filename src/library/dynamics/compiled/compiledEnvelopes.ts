import { keepClean } from "../../filters/filterState.ts";
import { KeptArrays } from "../../kernels/keptArrays.ts";
import type { Kernels } from "../../kernels/kernels.ts";
import type { Ballistics, EnvelopeRunner } from "../envelopeFollower.ts";

/** Levels and mean squares of two channels. */
export const ENVELOPE_STATE = 4;

/** Two channels at a time in the lanes of a vector. */
export class CompiledEnvelopes implements EnvelopeRunner {
  readonly #kernels: Kernels;
  readonly #ballistics: Ballistics;
  /** One for each pair of channels. */
  readonly #states: readonly Float64Array[];
  readonly #arrays;

  constructor(kernels: Kernels, ballistics: Ballistics, channels: number) {
    this.#kernels = kernels;
    this.#ballistics = ballistics;
    this.#states = Array.from({ length: Math.ceil(channels / 2) }, () => new Float64Array(ENVELOPE_STATE));
    this.#arrays = new KeptArrays(kernels, (layout, frames) => ({
      state: layout.doubles(ENVELOPE_STATE),
      left: layout.floats(frames),
      right: layout.floats(frames),
    }));
  }

  process(input: readonly Float32Array[], levels: readonly Float32Array[]): void {
    const { state, left, right } = this.#arrays.of(input[0]?.length ?? 0);
    for (const [pair, kept] of this.#states.entries()) {
      const first = input[2 * pair];
      const second = input[2 * pair + 1];
      if (first) left.set(first);
      if (second) right.set(second);
      state.set(kept);
      follow(this.#kernels, this.#ballistics, left, second ? right : left, state);
      keepClean(state, kept);
      levels[2 * pair]?.set(left);
      if (second) levels[2 * pair + 1]?.set(right);
    }
  }
}

/** Turns the samples of two channels into their levels, in the kernels' memory. */
export function follow(
  { run }: Kernels,
  { attack, release, averaging, rmsShare }: Ballistics,
  left: Float32Array,
  right: Float32Array,
  state: Float64Array,
): void {
  const both = [left.byteOffset, right.byteOffset, left.length, attack, release] as const;
  if (rmsShare === 0) run.followPeaks(...both, state.byteOffset);
  else run.followPower(...both, averaging, rmsShare, state.byteOffset);
}
