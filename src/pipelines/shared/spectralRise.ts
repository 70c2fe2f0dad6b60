/** By how much the magnitudes rose since the frame before, whose place they take. */
export function spectralRise(before: Float32Array, magnitudes: Float32Array): number {
  let rise = 0;
  for (let bin = 0; bin < magnitudes.length; bin++) {
    const change = (magnitudes[bin] ?? 0) - (before[bin] ?? 0);
    // Twice the change where it is one upwards, else nothing: without a branch that nobody could guess.
    rise += change + Math.abs(change);
  }
  before.set(magnitudes);
  return rise / 2;
}
