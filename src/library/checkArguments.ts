/** @throws RangeError in one sentence where `value` isn't a whole number from 1 on */
export function wholeNumber(value: number, what: string): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new RangeError(`${what} is ${value}: give a whole number from 1 on.`);
}
