/** What the levels of a recording come to. */
export class LevelSummary {
  #sum = 0;
  #count = 0;
  #highest = 0;

  /** Levels of some frames; those of a block with a sample that is no number are left out. */
  add(sum: number, count: number, highest: number): void {
    if (!Number.isFinite(sum)) return;
    this.#sum += sum;
    this.#count += count;
    if (highest > this.#highest) this.#highest = highest;
  }

  /** 0 before the first frame. */
  get mean(): number {
    return this.#count === 0 ? 0 : this.#sum / this.#count;
  }

  get highest(): number {
    return this.#highest;
  }
}
