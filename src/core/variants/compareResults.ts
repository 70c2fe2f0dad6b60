import { plural } from "../format.ts";
import type { Emission, Json } from "../run/run.ts";
import type { ResultsComparison } from "./variants.ts";

/** Compares what two runs emitted, name by name in order of time. */
export function compareResults(
  reference: readonly Emission[],
  candidate: readonly Emission[],
): ResultsComparison {
  const numbers = new NumberPairs();
  const [expected, given] = [byName(reference), byName(candidate)];
  for (const name of new Set([...expected.keys(), ...given.keys()])) {
    const [before, after] = [expected.get(name) ?? [], given.get(name) ?? []];
    if (before.length !== after.length)
      return numbers.found(`${name}: ${plural(after.length, "value")} instead of ${before.length}`);
    for (const [index, value] of before.entries()) {
      if (!isAlike(value, after[index] ?? null, name, numbers))
        return numbers.found(`${name}: another value, the ${ordinal(index + 1)}`);
    }
  }
  return numbers.found(null);
}

interface Scale {
  largest: number;
  farthestApart: number;
}

/**
 * How far apart numbers are, beside the largest one of their kind: beside a spectrum's peak, what rounding leaves where
 * there is silence is nothing.
 */
class NumberPairs {
  #count = 0;
  readonly #scales = new Map<string, Scale>();

  /** @param kind their name, with the keys under which they stand */
  add(a: number, b: number, kind: string): void {
    this.#count += 1;
    const scale = this.#scales.get(kind) ?? { largest: 0, farthestApart: 0 };
    this.#scales.set(kind, scale);
    scale.largest = Math.max(scale.largest, Math.abs(a), Math.abs(b));
    scale.farthestApart = Math.max(scale.farthestApart, Math.abs(a - b));
  }

  found(different: string | null): ResultsComparison {
    const parts = [...this.#scales.values()].map(({ largest, farthestApart }) =>
      farthestApart === 0 ? 0 : farthestApart / largest,
    );
    return { numbers: this.#count, largestDifference: Math.max(0, ...parts), different };
  }
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
function isAlike(a: Json, b: Json, kind: string, numbers: NumberPairs): boolean {
  if (typeof a === "number" && typeof b === "number") {
    numbers.add(a, b, kind);
    return true;
  }
  if (isList(a) && isList(b))
    return a.length === b.length && a.every((one, index) => isAlike(one, b[index] ?? null, kind, numbers));
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => isAlike(a[key] ?? null, b[key] ?? null, `${kind}.${key}`, numbers))
    );
  }
  return a === b;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const ordinal = (number: number): string =>
  `${number}${["th", "st", "nd", "rd"][number % 100 > 10 && number % 100 < 14 ? 0 : number % 10] ?? "th"}`;
