/** −500 dB: far below what any sample can hold, far above the smallest normal number. */
const SILENCE = 1e-25;

/**
 * A filter's state, or 0 where it has decayed to nothing. Called once a block: a state left alone ends in denormal numbers, which a processor
 * computes many times slower.
 */
export const withoutDenormals = (state: number): number => (Math.abs(state) < SILENCE ? 0 : state);

/** The same for all of a filter's states. */
export function keepWithoutDenormals(states: Float64Array, kept: Float64Array): void {
  for (let i = 0; i < kept.length; i += 1) kept[i] = withoutDenormals(states[i] ?? 0);
}
