/** Sums what processes of a changing number have taken: one that ended keeps what it took. */
export class Growth {
  readonly #last = new Map<string, number>();
  total = 0;

  /** @param now by process, each since it was started */
  add(now: ReadonlyMap<string, number>): void {
    for (const [key, value] of now) this.total += Math.max(0, value - (this.#last.get(key) ?? 0));
    this.#last.clear();
    for (const [key, value] of now) this.#last.set(key, value);
  }
}
