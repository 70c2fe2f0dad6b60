import type { Parameters } from "waveflame";

/** The number of a parameter that its stage declares. @throws TypeError where a person gave something else */
export function numberOf(parameters: Parameters, name: string, least = -Infinity): number {
  const value = parameters[name];
  if (typeof value !== "number")
    throw new TypeError(`The parameter ${name} is ${String(value)}; a number is needed`);
  if (!(value >= least)) throw new RangeError(`The parameter ${name} is ${value}; give ${least} or more`);
  return value;
}

/** The same for true and false. */
export function booleanOf(parameters: Parameters, name: string): boolean {
  const value = parameters[name];
  if (typeof value === "boolean") return value;
  throw new TypeError(`The parameter ${name} is ${String(value)}; true or false is needed`);
}
