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

/** @throws RangeError where it is NaN or infinite */
export function finiteNumber(what: string, value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`${what} is ${value}: give a finite number.`);
  return value;
}

/** What comes from a parameter of a run may be any text. @throws RangeError that names those there are */
export function oneOf<T extends string>(what: string, value: T, known: readonly T[]): T {
  if (known.includes(value)) return value;
  throw new RangeError(
    `There is no ${what} "${value}": give one of ${known.map((one) => `"${one}"`).join(", ")}.`,
  );
}
