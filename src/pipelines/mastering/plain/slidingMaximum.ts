interface Candidate {
  readonly value: number;
  /** When it is too old. */
  readonly until: number;
}

/**
 * The largest of the last values. Only what may still become the largest is kept: a value drops the smaller ones before
 * it (D. Lemire, Streaming Maximum-Minimum Filter Using No More than Three Comparisons per Element, 2006).
 */
export class SlidingMaximum {
  readonly #length: number;
  readonly #candidates: Candidate[] = [];
  #time = 0;

  constructor(length: number) {
    this.#length = length;
  }

  next(value: number): number {
    while ((this.#candidates.at(-1)?.value ?? Infinity) <= value) this.#candidates.pop();
    this.#candidates.push({ value, until: this.#time + this.#length });
    if ((this.#candidates[0]?.until ?? Infinity) <= this.#time) this.#candidates.shift();
    this.#time += 1;
    return this.#candidates[0]?.value ?? value;
  }
}
