/**
 * Small checks for values that come from outside, put together into the shape of a whole document. What they accept may
 * hold more fields than they know.
 */
export interface Check<T> {
  /** Null where the value is as it should be. */
  (value: unknown): Flaw | null;
  /** Only for the compiler: what an accepted value is, no more and no less, so that no word of a field is forgotten. */
  readonly accepts?: (value: T) => T;
}

/** Where below the checked value, and what is wrong there: `[3].share`, `isn't a number`. */
export interface Flaw {
  readonly path: string;
  readonly what: string;
}

type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A check of one value by itself. @param wanted completes "isn't …" */
export function simple<T>(wanted: string, accepts: (value: unknown) => boolean): Check<T> {
  return (value) => {
    if (accepts(value)) return null;
    return { path: "", what: value === undefined ? "is missing" : `isn't ${wanted}` };
  };
}

export const text = simple<string>("text", (value) => typeof value === "string");
export const yesOrNo = simple<boolean>("true or false", (value) => typeof value === "boolean");
/** JSON has no infinity, but reads one from 1e999. */
export const number = simple<number>("a number", (value) => Number.isFinite(value));
export const positive = simple<number>(
  "a number above 0",
  (value) => typeof value === "number" && Number.isFinite(value) && value > 0,
);
export const wholeFrom = (least: number): Check<number> =>
  simple(
    `a whole number from ${least} on`,
    (value) => typeof value === "number" && Number.isSafeInteger(value) && value >= least,
  );

export function oneOf<const T extends string | number>(...words: readonly T[]): Check<T> {
  const known = new Set<unknown>(words);
  const named = words.map((word) => JSON.stringify(word)).join(", ");
  return simple(words.length === 1 ? named : `one of ${named}`, (value) => known.has(value));
}

/** @param wanted completes "isn't …" where the value is neither */
export function either<A, B>(first: Check<A>, second: Check<B>, wanted: string): Check<A | B> {
  const neither = simple<A | B>(wanted, () => false);
  return (value) => (first(value) === null || second(value) === null ? null : neither(value));
}

export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (value) => (value === undefined ? null : check(value));
}

export function orNull<T>(check: Check<T>): Check<T | null> {
  return (value) => (value === null ? null : check(value));
}

/** A second check of a value that the first accepted. */
export function also<T>(check: Check<T>, more: (value: T) => Flaw | null): Check<T> {
  return (value) => check(value) ?? more(value as T);
}

const listItself = simple<readonly unknown[]>("a list", Array.isArray);
/** Whatever it holds. */
export const anyList = <T>(): Check<readonly T[]> => listItself as Check<readonly T[]>;
/** Whatever they are. */
export const anyFields = <T>(): Check<T> => simple<T>("an object", isFields);

export function list<T>(entry: Check<T>): Check<readonly T[]> {
  return (value) => {
    const flaw = listItself(value);
    if (flaw) return flaw;
    const entries = value as readonly unknown[];
    for (let index = 0; index < entries.length; index++) {
      const inside = entry(entries[index]);
      if (inside) return { path: `[${index}]${inside.path}`, what: inside.what };
    }
    return null;
  };
}

/** An object with at least these fields: each field of `T` needs its check. */
export function fields<T>(checks: { readonly [K in keyof T]-?: Check<T[K]> }): Check<T> {
  const all = Object.entries<(value: unknown) => Flaw | null>(checks);
  const itself = anyFields();
  return (value) => {
    const flaw = itself(value);
    if (flaw) return flaw;
    for (const [name, check] of all) {
      const inside = check((value as Fields)[name]);
      if (inside) return { path: `.${name}${inside.path}`, what: inside.what };
    }
    return null;
  };
}
