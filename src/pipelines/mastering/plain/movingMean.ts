/** The mean of the last values. */
export class MovingMean {
  readonly #values: Float64Array;
  #at = 0;
  #sum: number;

  /** @param before what all values are taken to have been before the first */
  constructor(length: number, before: number) {
    this.#values = new Float64Array(length).fill(before);
    this.#sum = length * before;
  }

  next(value: number): number {
    this.#sum += value - (this.#values[this.#at] ?? 0);
    this.#values[this.#at] = value;
    this.#at = (this.#at + 1) % this.#values.length;
    return this.#sum / this.#values.length;
  }
}
