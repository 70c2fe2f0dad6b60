export interface SlidingMaximumOptions {
  /** How many values, the newest included. */
  readonly length: number;
  /** `van-herk` (the default) has no branch that the signal decides; `deque` is the textbook's. Both give the same. */
  readonly method?: "van-herk" | "deque";
}

/** The largest of the last values of a stream of values from 0, at a cost that doesn't grow with their number. */
export class SlidingMaximum {
  readonly length: number;
  readonly #window: MaximumWindow;

  /** @throws RangeError when the length isn't a whole number from 1 */
  constructor({ length, method = "van-herk" }: SlidingMaximumOptions) {
    if (!Number.isInteger(length) || length < 1) {
      throw new RangeError(`The maximum of ${length} values can't be taken: give a whole number from 1.`);
    }
    this.length = length;
    this.#window = method === "deque" ? new MonotonicDeque(length) : new VanHerk(length);
  }

  /** One block into `maxima`, which may be the input. */
  process(values: Float32Array, maxima: Float32Array = values): void {
    this.#window.process(values, maxima);
  }
}

interface MaximumWindow {
  process(values: Float32Array, maxima: Float32Array): void;
}

/**
 * Keeps what may still become the maximum, in falling order: a value drops all smaller ones before it (D. Lemire, Streaming Maximum-Minimum Filter
 * Using No More than Three Comparisons per Element, 2006).
 */
class MonotonicDeque implements MaximumWindow {
  readonly #length: number;
  readonly #values: Float32Array;
  readonly #times: Float64Array;
  #first = 0;
  #count = 0;
  #time = 0;

  constructor(length: number) {
    this.#length = length;
    this.#values = new Float32Array(length);
    this.#times = new Float64Array(length);
  }

  process(values: Float32Array, maxima: Float32Array): void {
    for (let i = 0; i < values.length; i += 1) {
      const value = values[i] ?? 0;
      if (this.#count > 0 && (this.#times[this.#first] ?? 0) <= this.#time - this.#length) this.#dropFirst();
      while (this.#count > 0 && (this.#values[this.#place(this.#count - 1)] ?? 0) <= value) this.#count -= 1;
      const last = this.#place(this.#count);
      this.#values[last] = value;
      this.#times[last] = this.#time;
      this.#count += 1;
      this.#time += 1;
      maxima[i] = this.#values[this.#first] ?? 0;
    }
  }

  #place(index: number): number {
    return (this.#first + index) % this.#length;
  }

  #dropFirst(): void {
    this.#first = this.#place(1);
    this.#count -= 1;
  }
}

/**
 * Cuts time into segments as long as the window: the maximum is that of the newest segment so far or that of the rest of the one before (M. van Herk
 * 1992, J. Gil and M. Werman 1993).
 */
class VanHerk implements MaximumWindow {
  /** New values up to `at`; from there on the maxima from each place to the end of the segment before; and a 0 behind. */
  readonly #segment: Float32Array;
  readonly #length: number;
  #at = 0;
  #newest = 0;

  constructor(length: number) {
    this.#length = length;
    this.#segment = new Float32Array(length + 1);
  }

  process(values: Float32Array, maxima: Float32Array): void {
    const segment = this.#segment;
    const length = this.#length;
    let at = this.#at;
    let newest = this.#newest;
    for (let i = 0; i < values.length; i += 1) {
      const value = values[i] ?? 0;
      if (value > newest) newest = value;
      segment[at] = value;
      at += 1;
      const before = segment[at] ?? 0;
      maxima[i] = before > newest ? before : newest;
      if (at === length) {
        takeMaximaToTheEnd(segment);
        at = 0;
        newest = 0;
      }
    }
    this.#at = at;
    this.#newest = newest;
  }
}

function takeMaximaToTheEnd(segment: Float32Array): void {
  let most = 0;
  for (let i = segment.length - 1; i >= 0; i -= 1) {
    const value = segment[i] ?? 0;
    if (value > most) most = value;
    segment[i] = most;
  }
}
