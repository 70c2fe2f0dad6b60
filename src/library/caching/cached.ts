import { isPromise } from "../promises.ts";
import type { Cache } from "./cache.ts";
import { LruCache } from "./lruCache.ts";
import { countRemembered } from "./rememberedResults.ts";

export interface CachedOptions<Arguments extends readonly unknown[], Result> {
  /** What a result is kept by: `audioKey` of the audio and of every argument that the result depends on. */
  key: (...args: Arguments) => string;
  /** Where results are kept: an `LruCache` of its own where it isn't given. A shared one needs keys that differ. */
  cache?: Cache<string, Result>;
  /** What the profiler calls it: the function's name where it isn't given. */
  name?: string;
}

/**
 * The same function, which remembers its results. A result is shared by all who get it: don't change it.
 *
 * Calls with the key of one whose promise hasn't settled share that promise. Errors and rejections aren't kept. The
 * profiler never takes a remembered result for speed: it says how many there were.
 *
 * @throws TypeError where neither the function nor the options have a name
 */
export function cached<Arguments extends readonly unknown[], Result>(
  compute: (...args: Arguments) => Result,
  options: CachedOptions<Arguments, Result>,
): (...args: Arguments) => Result {
  const { key: keyOf, cache = new LruCache(), name = compute.name } = options;
  if (name === "") throw new TypeError("The function given to cached has no name: give one in its options.");
  const underWay = new Map<string, Result>();

  return (...args) => {
    const key = keyOf(...args);
    const known = underWay.has(key) ? underWay : cache;
    if (known.has(key)) {
      countRemembered(name, "remembered");
      return known.get(key) as Result;
    }
    countRemembered(name, "computed");
    const result = compute(...args);
    if (!isPromise(result)) {
      cache.set(key, result);
      return result;
    }
    const shared = Promise.resolve(result).then(
      (value) => {
        underWay.delete(key);
        cache.set(key, shared);
        return value;
      },
      (reason: unknown) => {
        underWay.delete(key);
        throw reason;
      },
    ) as Result;
    underWay.set(key, shared);
    return shared;
  };
}
