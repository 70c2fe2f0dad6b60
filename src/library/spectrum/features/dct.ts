import { checkLength, wholeNumber, type Samples } from "../samples.ts";

/**
 * The first coefficients of the orthonormal discrete cosine transform (type II): √(2 / N) · Σ x[n] · cos(πk(2n + 1) / 2N),
 * the first one over √2. SciPy's `dct(x, type=2, norm="ortho")`. By a table, which suits the few dozen bands of an MFCC.
 */
export class Dct {
  readonly size: number;
  readonly count: number;
  /** Row by row. */
  readonly #matrix: Float64Array;

  /**
   * @param size how many numbers go in
   * @param count how many coefficients come out; as many by default
   * @throws RangeError where one of them isn't a whole number from 1 on, or more come out than go in
   */
  constructor(size: number, count = size) {
    this.size = wholeNumber("The size of the DCT", size);
    this.count = wholeNumber("The number of coefficients", count);
    if (count > size)
      throw new RangeError(`A DCT of ${size} numbers has no ${count} coefficients: ask for fewer.`);
    this.#matrix = Float64Array.from({ length: this.count * this.size }, (_, at) => {
      const [k, n] = [Math.floor(at / size), at % size];
      return Math.sqrt((k === 0 ? 1 : 2) / size) * Math.cos((Math.PI * k * (2 * n + 1)) / (2 * size));
    });
  }

  /**
   * `count` coefficients of `size` numbers, in `out` or a new array.
   * @throws RangeError where a length is another
   */
  apply(numbers: Samples): Float64Array;
  apply<T extends Samples>(numbers: Samples, out: T): T;
  apply(numbers: Samples, out: Samples = new Float64Array(this.count)): Samples {
    checkLength("The array for the DCT", numbers, this.size);
    checkLength("The array for the coefficients", out, this.count);
    for (let k = 0; k < this.count; k += 1) {
      const row = k * this.size;
      let sum = 0;
      for (let n = 0; n < this.size; n += 1) sum += (this.#matrix[row + n] ?? 0) * (numbers[n] ?? 0);
      out[k] = sum;
    }
    return out;
  }
}
