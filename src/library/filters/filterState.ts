/** −500 dB: far below what any sample can hold, far above the smallest normal number. */
const SILENCE = 1e-25;

/**
 * A filter's state as it may go on after a block: 0 where it has decayed to nothing, because it would end in denormal numbers, which a processor
 * computes many times slower; and 0 where a sample that is no number has spoilt it, because it would never recover.
 */
export const cleaned = (state: number): number =>
  Math.abs(state) >= SILENCE && Number.isFinite(state) ? state : 0;

/** The same for all of a filter's states. */
export function keepClean(states: Float64Array, kept: Float64Array): void {
  for (let i = 0; i < kept.length; i += 1) kept[i] = cleaned(states[i] ?? 0);
}
