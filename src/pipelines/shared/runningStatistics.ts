/** Mean and deviation of rows of numbers as they come, in memory of one row (B. P. Welford, 1962). */
export class RunningStatistics {
  readonly #mean: Float64Array;
  readonly #squares: Float64Array;
  #count = 0;

  /** @param width of a row */
  constructor(width: number) {
    this.#mean = new Float64Array(width);
    this.#squares = new Float64Array(width);
  }

  /** A row that holds what is no number is left out. */
  add(row: ArrayLike<number>): void {
    let sum = 0;
    for (let at = 0; at < row.length; at++) sum += row[at] ?? 0;
    if (!Number.isFinite(sum)) return;
    this.#count += 1;
    for (let at = 0; at < this.#mean.length; at++) {
      const value = row[at] ?? 0;
      const before = value - (this.#mean[at] ?? 0);
      const mean = (this.#mean[at] ?? 0) + before / this.#count;
      this.#mean[at] = mean;
      this.#squares[at] = (this.#squares[at] ?? 0) + before * (value - mean);
    }
  }

  get mean(): number[] {
    return [...this.#mean];
  }

  /** Of the rows as they are, not of what they were drawn from. */
  get deviation(): number[] {
    return Array.from(this.#squares, (squares) => Math.sqrt(squares / Math.max(1, this.#count)));
  }
}
