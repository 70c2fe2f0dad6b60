import type { Parameters } from "waveflame";

/** The number of a parameter that its stage declares. @throws TypeError where a person gave something else */
export function numberOf(parameters: Parameters, name: string): number {
  const value = parameters[name];
  if (typeof value !== "number")
    throw new TypeError(`The parameter ${name} is ${String(value)}; a number is needed`);
  return value;
}
