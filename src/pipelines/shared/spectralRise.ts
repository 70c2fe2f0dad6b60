/** By how much the magnitudes rose since the frame before, whose place they take. */
export function spectralRise(before: Float32Array, magnitudes: Float32Array): number {
  let rise = 0;
  for (let bin = 0; bin < magnitudes.length; bin++) {
    const magnitude = magnitudes[bin] ?? 0;
    const change = magnitude - (before[bin] ?? 0);
    if (change > 0) rise += change;
    before[bin] = magnitude;
  }
  return rise;
}
