/** Numbers from 0 to 1, the same ones each time (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const below = (next: () => number, count: number): number => Math.floor(next() * count);

/** A few letters with a bit turned over, left out or written twice. */
export function damagedText(text: string, next: () => number): string {
  let damaged = text;
  for (let times = 1 + below(next, 4); times > 0; times--) {
    const at = below(next, damaged.length);
    const turned = String.fromCharCode(damaged.charCodeAt(at) ^ (1 << below(next, 8)));
    const put = [turned, "", damaged.slice(at, at + 1 + below(next, 9)).repeat(2)][below(next, 3)]!;
    damaged = damaged.slice(0, at) + put + damaged.slice(at + 1);
  }
  return damaged;
}

/** JSON can't hold it, but a number that reads as it. */
const INFINITE = "1e999";

const ODD: readonly unknown[] = [
  INFINITE,
  null,
  true,
  "",
  "text",
  [],
  {},
  [[]],
  0,
  -1,
  -1e9,
  1.5,
  1e15,
  1e300,
  1e308,
  2 ** 53,
  NaN,
  2 ** 31,
  { toString: 1 },
  "__proto__",
  "file:///%E0%A4%A",
];

type Holder = Record<string, unknown>;

/** JSON in which some places hold something else: odd values, the value of another place, or nothing. */
export function damagedJson(value: unknown, next: () => number): string {
  const copy = { whole: structuredClone(value) };
  for (let times = 1 + below(next, 3); times > 0; times--) {
    const places = placesIn(copy);
    if (places.length === 0) break;
    const [holder, key] = places[below(next, places.length)]!;
    const [other, otherKey] = places[below(next, places.length)]!;
    const choice = below(next, 3);
    if (choice === 0) holder[key] = structuredClone(ODD[below(next, ODD.length)]);
    // Never itself: JSON holds no circles.
    else if (choice === 1) holder[key] = structuredClone(other[otherKey]);
    else if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else Reflect.deleteProperty(holder, key);
  }
  return JSON.stringify(copy.whole ?? null).replaceAll(`"${INFINITE}"`, "1e999");
}

function placesIn(value: unknown, found: [Holder, string][] = []): [Holder, string][] {
  if (typeof value !== "object" || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value as Holder, key]);
    placesIn((value as Holder)[key], found);
  }
  return found;
}
