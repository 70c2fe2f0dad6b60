/** Gives back each sample some samples later; zeros until then. */
export class Delay {
  readonly #samples: Float32Array;
  #at = 0;

  /** @param length in samples; 0 gives each back at once */
  constructor(length: number) {
    this.#samples = new Float32Array(length);
  }

  next(sample: number): number {
    if (this.#samples.length === 0) return sample;
    const delayed = this.#samples[this.#at] ?? 0;
    this.#samples[this.#at] = sample;
    this.#at = (this.#at + 1) % this.#samples.length;
    return delayed;
  }
}
