/** Samples, bins or weights: whatever goes through a transform. */
export type Samples = Float32Array | Float64Array;

/** `single`: 32 bits, as audio is kept. `double`: 64 bits. */
export type Precision = "single" | "double";

/** The array that holds numbers of a precision. */
export type SamplesOf<P extends Precision> = P extends "double" ? Float64Array : Float32Array;

export function newSamples<P extends Precision>(precision: P, length: number): SamplesOf<P>;
export function newSamples(precision: Precision, length: number): Samples {
  return precision === "double" ? new Float64Array(length) : new Float32Array(length);
}

/** @throws RangeError where an array hasn't the length that it must have. */
export function checkLength(what: string, array: ArrayLike<unknown>, expected: number): void {
  if (array.length !== expected)
    throw new RangeError(
      `${what} has ${array.length} values where ${expected} are needed: give an array of that length.`,
    );
}

const MOST = 2 ** 30;

/**
 * The same number, in the form that V8 counts in: loops up to a `2 ** 11`, which is a floating-point number to it, take
 * twice as long.
 * @throws RangeError where it isn't whole and from `least` on
 */
export function wholeNumber(what: string, value: number, least = 1): number {
  if (!Number.isInteger(value) || value < least || value > MOST)
    throw new RangeError(`${what} is ${value}: give a whole number from ${least} to ${MOST}.`);
  return value | 0;
}
