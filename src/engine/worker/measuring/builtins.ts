/** What the profiler's own code in this thread calls, tried out: whether it still does what it is for. */
type Trial = readonly [name: string, works: () => boolean];

const arrays: readonly Trial[] = [
  ["Array.prototype[Symbol.iterator]", () => sumOf([1, 2, 4]) === 7 && [...[5, 6]].length === 2],
  ["Array.prototype.push", () => lengthAfter((array) => array.push(2, 3)) === 3],
  ["Array.prototype.pop", () => lengthAfter((array) => array.pop()) === 0],
  ["Array.prototype.splice", () => lengthAfter((array) => array.splice(0, 1)) === 0],
  [
    "Array.prototype.map",
    () =>
      isPair(
        [1, 2].map((x) => x * 2),
        2,
        4,
      ),
  ],
  [
    "Array.prototype.flatMap",
    () =>
      isPair(
        [1, 2].flatMap((x) => [x * 2]),
        2,
        4,
      ),
  ],
  [
    "Array.prototype.filter",
    () =>
      isPair(
        [1, 2, 3].filter((x) => x !== 2),
        1,
        3,
      ),
  ],
  ["Array.prototype.slice", () => isPair([1, 2, 3].slice(1), 2, 3)],
  [
    "Array.prototype.sort",
    () =>
      isPair(
        [2, 1].sort((a, b) => a - b),
        1,
        2,
      ),
  ],
  [
    "Array.prototype.toSorted",
    () =>
      isPair(
        [2, 1].toSorted((a, b) => a - b),
        1,
        2,
      ),
  ],
  ["Array.prototype.reduce", () => [1, 2, 4].reduce((a, b) => a + b, 0) === 7],
  ["Array.prototype.forEach", () => lengthAfter((array) => [1, 2].forEach((x) => (array[x] = x))) === 3],
  ["Array.prototype.find", () => [1, 2].find((x) => x > 1) === 2],
  ["Array.prototype.some", () => [1, 2].some((x) => x > 1) && ![1].some((x) => x > 1)],
  ["Array.prototype.every", () => [1, 2].every((x) => x > 0) && ![1].every((x) => x > 1)],
  ["Array.prototype.includes", () => [1, 2].includes(2) && ![1].includes(2)],
  [
    "Array.from",
    () =>
      isPair(
        Array.from([1, 2], (x) => x * 2),
        2,
        4,
      ),
  ],
  ["Array.isArray", () => Array.isArray([]) && !Array.isArray({})],
];

const typedArrays: readonly Trial[] = [
  ["Float64Array", () => new Float64Array(2).byteLength === 16],
  ["Float32Array", () => new Float32Array(2).byteLength === 8],
  ["Float64Array.prototype.slice", () => isPair(new Float64Array([1, 2, 3]).slice(1), 2, 3)],
  ["Float64Array.prototype.fill", () => isPair(new Float64Array(2).fill(5, 1), 0, 5)],
  ["Float32Array.prototype.subarray", () => isPair(new Float32Array([1, 2, 3]).subarray(1), 2, 3)],
  [
    "Float32Array.prototype.set",
    () => {
      const to = new Float32Array(2);
      to.set([7], 1);
      return isPair(to, 0, 7);
    },
  ],
];

const collections: readonly Trial[] = [
  [
    "Map.prototype",
    () => {
      const map = new Map([[1, 2]]);
      map.set(3, 4);
      const has = map.get(1) === 2 && map.has(3) && [...map.values()].length === 2;
      return has && sumOf(map.keys()) === 4 && [...map].length === 2 && map.delete(3) && map.size === 1;
    },
  ],
  ["Set.prototype", () => new Set([1]).add(2).has(2) && [...new Set([1, 1, 2])].length === 2],
];

const others: readonly Trial[] = [
  ["Math.max", () => Math.max(1, 3, 2) === 3],
  ["Math.min", () => Math.min(2, 1, 3) === 1],
  ["Math.round", () => Math.round(2.4) === 2],
  ["Math.floor", () => Math.floor(2.6) === 2],
  ["Math.ceil", () => Math.ceil(2.4) === 3],
  ["Math.abs", () => Math.abs(-2) === 2],
  ["Number.isFinite", () => Number.isFinite(1) && !Number.isFinite(NaN)],
  ["Object.entries", () => Object.entries({ a: 1 })[0]?.[1] === 1],
  ["Object.fromEntries", () => Object.fromEntries([["a", 1]])["a"] === 1],
  ["Object.assign", () => Object.assign({ a: 1 }, { a: 2 }).a === 2],
  ["Object.hasOwn", () => Object.hasOwn({ a: 1 }, "a") && !Object.hasOwn({}, "a")],
  ["Object.getPrototypeOf", () => Object.getPrototypeOf([]) === Array.prototype],
  ["Atomics.load", () => Atomics.load(new Int32Array([3]), 0) === 3],
  ["JSON.stringify", () => JSON.stringify("a") === '"a"'],
];

const TRIALS: readonly (readonly Trial[])[] = [arrays, typedArrays, collections, others];

/** The first of the runtime's functions that the profiler rests on and that works otherwise than it should; null where all do. */
export function brokenBuiltin(): string | null {
  // Nothing but the language's own: what is tried may be what a loop over it would need.
  for (let group = 0; group < TRIALS.length; group++) {
    const trials = TRIALS[group];
    for (let at = 0; trials && at < trials.length; at++) {
      const trial = trials[at];
      if (trial && !isFine(trial[1])) return trial[0];
    }
  }
  return null;
}

/** The pipeline put something else in the place of what the profiler itself calls, which does otherwise. */
export class BrokenBuiltin extends Error {
  override readonly name = "BrokenBuiltin";
}

function isFine(works: () => boolean): boolean {
  try {
    return works();
  } catch {
    return false;
  }
}

function sumOf(numbers: Iterable<number>): number {
  let sum = 0;
  for (const one of numbers) sum += one;
  return sum;
}

function lengthAfter(change: (array: number[]) => unknown): number {
  const array = [1];
  change(array);
  return array.length;
}

const isPair = (values: ArrayLike<number>, first: number, second: number): boolean =>
  values.length === 2 && values[0] === first && values[1] === second;
