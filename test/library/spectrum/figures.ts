import assert from "node:assert/strict";

/** A rough signal that NumPy makes to the bit, too: ((n² mod 65537 · 7919 + n · 10729) mod 65537) / 32768 − 1. */
export const roughSignal = (length: number): Float64Array =>
  Float64Array.from({ length }, (_, n) => ((((n * n) % 65537) * 7919 + n * 10729) % 65537) / 32768 - 1);

export const assertClose = (actual: number | undefined, expected: number, tolerance: number): void =>
  assert.ok(
    actual !== undefined && Math.abs(actual - expected) <= tolerance,
    `${actual} isn't ${expected} ± ${tolerance}`,
  );

export function assertAllClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  assert.equal(actual.length, expected.length);
  for (let n = 0; n < expected.length; n += 1) assertClose(actual[n], expected[n]!, tolerance);
}

/** The largest difference, in dB relative to full scale. */
export function residualDb(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  assert.equal(actual.length, expected.length);
  let largest = 0;
  for (let n = 0; n < expected.length; n += 1)
    largest = Math.max(largest, Math.abs(actual[n]! - expected[n]!));
  return 20 * Math.log10(largest);
}
