/** Gives back each sample some samples later; zeros until then. */
export class Delay {
  readonly #samples: Float32Array;
  #at = 0;

  /** @param length in samples, from 1 on */
  constructor(length: number) {
    this.#samples = new Float32Array(length);
  }

  next(sample: number): number {
    const delayed = this.#samples[this.#at] ?? 0;
    this.#samples[this.#at] = sample;
    this.#at = (this.#at + 1) % this.#samples.length;
    return delayed;
  }
}
