import type { Cache } from "./cache.ts";
import { LruCache, type LruCacheOptions } from "./lruCache.ts";

export interface TtlCacheOptions extends LruCacheOptions {
  /** How long an entry is kept after it was set, however often it is used: 300 s where it isn't given. */
  seconds?: number;
  /** The clock, in milliseconds from anywhere: `performance.now` where it isn't given. */
  now?: () => number;
}

interface Entry<Value> {
  readonly value: Value;
  readonly diesAt: number;
}

/** A cache that drops entries when their time to live is over, and when it is full what was used least recently. */
export class TtlCache<Key, Value> implements Cache<Key, Value> {
  readonly #entries: LruCache<Key, Entry<Value>>;
  readonly #milliseconds: number;
  readonly #now: () => number;
  /** No entry dies before. */
  #nextDeath = Infinity;

  /** @throws RangeError where `entries` isn't a whole number from 1 on, or `seconds` isn't above 0 */
  constructor({ entries = 128, seconds = 300, now = () => performance.now() }: TtlCacheOptions = {}) {
    if (!(seconds > 0)) {
      throw new RangeError(`The time to live of a cache's entries is ${seconds} s: give a number above 0.`);
    }
    this.#entries = new LruCache({ entries });
    this.#milliseconds = seconds * 1000;
    this.#now = now;
  }

  /** Counts as a use of the entry, which doesn't lengthen its life. */
  get(key: Key): Value | undefined {
    return this.has(key) ? this.#entries.get(key)?.value : undefined;
  }

  /** Doesn't count as one. */
  has(key: Key): boolean {
    this.#dropDead();
    return this.#entries.has(key);
  }

  set(key: Key, value: Value): void {
    this.#dropDead();
    const diesAt = this.#now() + this.#milliseconds;
    this.#nextDeath = Math.min(this.#nextDeath, diesAt);
    this.#entries.set(key, { value, diesAt });
  }

  delete(key: Key): boolean {
    this.#dropDead();
    return this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  get size(): number {
    this.#dropDead();
    return this.#entries.size;
  }

  #dropDead(): void {
    const now = this.#now();
    if (now < this.#nextDeath) return;
    this.#nextDeath = Infinity;
    for (const [key, { diesAt }] of this.#entries.entries()) {
      if (diesAt <= now) this.#entries.delete(key);
      else this.#nextDeath = Math.min(this.#nextDeath, diesAt);
    }
  }
}
