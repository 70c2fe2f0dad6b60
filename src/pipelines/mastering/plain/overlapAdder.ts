/** Adds overlapping frames up to a sound again: weighted overlap-add (D. Griffin, J. Lim, 1984). */
export class OverlapAdder {
  readonly #window: Float64Array;
  readonly #hop: number;
  readonly #sum: Float64Array;
  /** Finished samples that nobody has taken yet; zeros at first, for the time until a frame is finished. */
  #ready: Float32Array;

  /** @param window a frame is weighted with it, as it was before its transform; a whole number of hops long */
  constructor(window: Float64Array, hop: number) {
    this.#window = window;
    this.#hop = hop;
    this.#sum = new Float64Array(window.length);
    this.#ready = new Float32Array(hop);
  }

  add(frame: ArrayLike<number>): void {
    for (let n = 0; n < this.#sum.length; n++)
      this.#sum[n] = (this.#sum[n] ?? 0) + (frame[n] ?? 0) * (this.#window[n] ?? 0);
    const finished = Float32Array.from(
      { length: this.#hop },
      (_, n) => (this.#sum[n] ?? 0) / this.#weightAt(n),
    );
    this.#ready = joined(this.#ready, finished);
    this.#sum.copyWithin(0, this.#hop);
    this.#sum.fill(0, this.#sum.length - this.#hop);
  }

  /** The next samples, as many as there must be for a delay of a frame. */
  take(count: number): Float32Array {
    const taken = this.#ready.subarray(0, count);
    this.#ready = this.#ready.subarray(count);
    return taken;
  }

  /** The squares of all windows that overlap here: a sample is divided by them, so that one unchanged comes back whole. */
  #weightAt(n: number): number {
    let weight = 0;
    for (let at = n; at < this.#window.length; at += this.#hop) weight += (this.#window[at] ?? 0) ** 2;
    return weight;
  }
}

function joined(first: Float32Array, second: Float32Array): Float32Array {
  const both = new Float32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
