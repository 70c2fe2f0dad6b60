import { wholeNumber } from "../checkArguments.ts";
import { holdsIdleMemory } from "../idleMemory.ts";
import type { Cache } from "./cache.ts";

export interface LruCacheOptions {
  /** How many are kept: 128 where it isn't given. */
  entries?: number;
}

/** A cache that drops what was used least recently when it is full. */
export class LruCache<Key, Value> implements Cache<Key, Value> {
  readonly #limit: number;
  // A Map keeps its keys in order, so this is shorter than a wrapper around the lru-cache package, which adds 60 kB to
  // what each worker loads and can't keep `undefined`.
  /** Least recently used first. */
  readonly #values = new Map<Key, Value>();

  /** @throws RangeError where `entries` isn't a whole number from 1 on */
  constructor({ entries = 128 }: LruCacheOptions = {}) {
    this.#limit = wholeNumber("A cache's number of entries", entries);
    holdsIdleMemory(this, (cache) => cache.clear());
  }

  /** Counts as a use of the entry. */
  get(key: Key): Value | undefined {
    if (!this.#values.has(key)) return undefined;
    const value = this.#values.get(key) as Value;
    this.set(key, value);
    return value;
  }

  /** Doesn't count as one. */
  has(key: Key): boolean {
    return this.#values.has(key);
  }

  set(key: Key, value: Value): void {
    this.#values.delete(key);
    for (const oldest of this.#values.keys()) {
      if (this.#values.size < this.#limit) break;
      this.#values.delete(oldest);
    }
    this.#values.set(key, value);
  }

  delete(key: Key): boolean {
    return this.#values.delete(key);
  }

  clear(): void {
    this.#values.clear();
  }

  get size(): number {
    return this.#values.size;
  }

  /** Least recently used first; looking isn't using. */
  entries(): Iterable<[Key, Value]> {
    return this.#values.entries();
  }
}
