import {
  wholeNumber,
  checkLength,
  newSamples,
  type Precision,
  type Samples,
  type SamplesOf,
} from "../samples.ts";
import { binCountOf, type ArrangedTransform } from "./realTransform.ts";
import type { RealFftOptions } from "./realFft.ts";
import { arrangeTransform } from "./transforms.ts";

/** Samples that are copied to the transform in one go: what stays in a core's nearer caches. */
const ROWS_SAMPLES = 8 * 2048;

interface Rows {
  /** The rows in one. */
  readonly block: Samples;
  readonly rows: readonly Samples[];
  readonly spectrum: Samples;
}

/**
 * Many real transforms of one size in one call, which hands signals over many at a time: a
 * few percent quicker than one by one. Signals and spectra are packed row by row, without gaps.
 */
export class BatchFft<P extends Precision = "single"> {
  /** Samples of a signal. */
  readonly size: number;
  /** Bins of a spectrum: ⌊size / 2⌋ + 1. */
  readonly binCount: number;
  readonly precision: Precision;
  readonly #arranged: ArrangedTransform<Rows>;

  /**
   * @param size of each signal, as for `RealFft`
   * @throws RangeError where the size isn't a whole number from 1 on
   */
  constructor(size: number, { precision }: RealFftOptions<P> = {}) {
    this.size = wholeNumber("The size of the FFT", size);
    this.binCount = binCountOf(this.size);
    this.precision = precision ?? "single";
    const rows = Math.max(1, Math.floor(ROWS_SAMPLES / size));
    this.#arranged = arrangeTransform<Precision, Rows>(this.size, this.precision, (make) => {
      const block = make.samples(rows * size);
      return {
        block,
        rows: Array.from({ length: rows }, (_, row) => block.subarray(row * size, (row + 1) * size)),
        spectrum: make.samples(2 * this.binCount),
      };
    });
  }

  /**
   * The spectra of count × `size` samples: count × 2 × `binCount` numbers, interleaved and unscaled as `RealFft.forward`
   * gives them, in `out` or a new array.
   * @throws RangeError where the signals aren't whole rows, or `out` has another length
   */
  forward(signals: Samples): SamplesOf<P>;
  forward<T extends Samples>(signals: Samples, out: T): T;
  forward(signals: Samples, out?: Samples): Samples {
    const { size } = this;
    const width = 2 * this.binCount;
    const count = signals.length / size;
    if (!Number.isInteger(count))
      throw new RangeError(
        `${signals.length} samples aren't whole signals of ${size}: pad the last one with zeros.`,
      );
    const spectra = out ?? newSamples(this.precision, count * width);
    checkLength("The array of spectra", spectra, count * width);

    const { transform, arrays } = this.#arranged;
    for (let first = 0; first < count; first += arrays.rows.length) {
      const rows = Math.min(arrays.rows.length, count - first);
      arrays.block.set(signals.subarray(first * size, (first + rows) * size));
      for (let row = 0; row < rows; row += 1) {
        transform.forward(arrays.rows[row] ?? arrays.block, arrays.spectrum);
        spectra.set(arrays.spectrum, (first + row) * width);
      }
    }
    return spectra;
  }
}
