export { wholeNumber } from "../checkArguments.ts";

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
