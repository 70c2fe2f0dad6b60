/** Keeps results by key, as many and as long as it likes. */
export interface Cache<Key, Value> {
  /** Nothing where the key isn't kept, or not any more. */
  get(key: Key): Value | undefined;
  has(key: Key): boolean;
  set(key: Key, value: Value): void;
  delete(key: Key): boolean;
  clear(): void;
  readonly size: number;
}
