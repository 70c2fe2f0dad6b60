/** By how much the magnitudes rose since the frame before, whose place they take. */
export function spectralRise(before: Float32Array, magnitudes: Float32Array): number {
  const { length } = magnitudes;
  const whole = length - (length % 2);
  // Two sums side by side, because in one each addition waits for the one before.
  let even = 0;
  let odd = 0;
  for (let bin = 0; bin < whole; bin += 2) {
    even += twiceTheRise(before[bin] ?? 0, magnitudes[bin] ?? 0);
    odd += twiceTheRise(before[bin + 1] ?? 0, magnitudes[bin + 1] ?? 0);
  }
  if (whole < length) even += twiceTheRise(before[whole] ?? 0, magnitudes[whole] ?? 0);
  before.set(magnitudes);
  return (even + odd) / 2;
}

/** Nothing where it falls: without a branch that nobody could guess. */
const twiceTheRise = (before: number, now: number): number => now - before + Math.abs(now - before);
