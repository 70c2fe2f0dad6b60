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
