import { plural } from "./format.ts";
import type { Emission, Json } from "./run.ts";
import type { ResultsComparison } from "./variants.ts";

/** Compares what two runs emitted, name by name in order of time. */
export function compareResults(
  reference: readonly Emission[],
  candidate: readonly Emission[],
): ResultsComparison {
  const found = { numbers: 0, largestDifference: 0 };
  const [expected, given] = [byName(reference), byName(candidate)];
  for (const name of new Set([...expected.keys(), ...given.keys()])) {
    const [before, after] = [expected.get(name) ?? [], given.get(name) ?? []];
    if (before.length !== after.length)
      return { ...found, different: `${name}: ${plural(after.length, "value")} instead of ${before.length}` };
    for (const [index, value] of before.entries()) {
      if (!isAlike(value, after[index] ?? null, found))
        return { ...found, different: `${name}: another value, the ${ordinal(index + 1)}` };
    }
  }
  return { ...found, different: null };
}

function byName(emissions: readonly Emission[]): Map<string, Json[]> {
  const lists = new Map<string, Json[]>();
  for (const { stage, name, value } of emissions) {
    const key = `${stage}'s "${name}"`;
    const list = lists.get(key) ?? [];
    list.push(value);
    lists.set(key, list);
  }
  return lists;
}

/** Numbers are always alike; how far apart they are is kept. */
function isAlike(a: Json, b: Json, found: { numbers: number; largestDifference: number }): boolean {
  if (typeof a === "number" && typeof b === "number") {
    found.numbers += 1;
    const larger = Math.max(Math.abs(a), Math.abs(b));
    const apart = larger === 0 ? 0 : Math.abs(a - b) / larger;
    found.largestDifference = Math.max(found.largestDifference, apart);
    return true;
  }
  if (isList(a) && isList(b))
    return a.length === b.length && a.every((one, index) => isAlike(one, b[index] ?? null, found));
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => isAlike(a[key] ?? null, b[key] ?? null, found))
    );
  }
  return a === b;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const ordinal = (number: number): string =>
  `${number}${["th", "st", "nd", "rd"][number % 100 > 10 && number % 100 < 14 ? 0 : number % 10] ?? "th"}`;
