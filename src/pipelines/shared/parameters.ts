import { ParameterError, type Parameters } from "waveflame";

/** The number of a parameter that its stage declares. @throws ParameterError where a person gave something else */
export function numberOf(parameters: Parameters, name: string, least = -Infinity): number {
  const value = parameters[name];
  if (typeof value !== "number" || Number.isNaN(value)) throw wrong(parameters, name, "a number");
  if (value < least) throw wrong(parameters, name, `${least} or more`);
  return value;
}

/** The same for true and false. */
export function booleanOf(parameters: Parameters, name: string): boolean {
  const value = parameters[name];
  if (typeof value === "boolean") return value;
  throw wrong(parameters, name, "true or false");
}

/** @param wanted what to give instead */
export function wrong(parameters: Parameters, name: string, wanted: string): ParameterError {
  const value = parameters[name];
  const said = typeof value === "string" ? `"${value}"` : String(value);
  return new ParameterError(`${name} is ${said}: give ${wanted}`);
}
