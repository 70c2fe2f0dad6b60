/** A run is saved as one text, which has to stay below what JavaScript holds in one (2²⁹ characters). */
export const MOST_EMITTED = 2 ** 27;
const OF_AN_EMISSION = 60;
const OF_A_NUMBER = 20;

/** Roughly how many characters it takes in a saved run. */
export const emissionSize = (value: unknown): number => OF_AN_EMISSION + sizeOf(value);

function sizeOf(value: unknown): number {
  if (value instanceof Float32Array) return value.length * OF_A_NUMBER;
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return OF_A_NUMBER;
  return Object.entries(value).reduce(
    (sum, [key, one]: [string, unknown]) => sum + (Array.isArray(value) ? 1 : key.length) + sizeOf(one),
    2,
  );
}
