import { keepClean } from "../../filters/filterState.ts";
import { KeptArrays } from "../../kernels/keptArrays.ts";
import type { Kernels } from "../../kernels/kernels.ts";
import type { LevelSummary } from "../levelSummary.ts";
import type { Ballistics, EnvelopeRunner } from "../designs.ts";

/** Levels, mean squares, sums of levels and highest levels of two channels. */
export const ENVELOPE_STATE = 8;
const SUMS = 4;
const HIGHEST = 6;

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

  process(input: readonly Float32Array[], levels: readonly Float32Array[], summary: LevelSummary): void {
    const frames = input[0]?.length ?? 0;
    const { state, left, right } = this.#arrays.of(frames);
    for (const [pair, kept] of this.#states.entries()) {
      const first = input[2 * pair];
      const second = input[2 * pair + 1];
      if (first) left.set(first);
      if (second) right.set(second);
      state.set(kept);
      follow(this.#kernels, this.#ballistics, left, second ? right : left, state, levels.length > 0);
      keepClean(state, kept);
      levels[2 * pair]?.set(left);
      if (second) levels[2 * pair + 1]?.set(right);
      for (let lane = 0; lane < (second ? 2 : 1); lane += 1) {
        summary.add(state[SUMS + lane] ?? 0, frames, state[HIGHEST + lane] ?? 0);
      }
    }
  }
}

/** Turns the samples of two channels into their levels, in the kernels' memory; sums and highest ones are of these frames. @param writes false where only those are wanted */
export function follow(
  { run }: Kernels,
  { attack, release, averaging, rmsShare }: Ballistics,
  left: Float32Array,
  right: Float32Array,
  state: Float64Array,
  writes = true,
): void {
  state.fill(0, SUMS);
  const both = [left.byteOffset, right.byteOffset, left.length, attack, release] as const;
  if (rmsShare === 0) run.followPeaks(...both, state.byteOffset, writes);
  else run.followPower(...both, averaging, rmsShare, state.byteOffset);
}
