import { powerToDecibels, type Decibels } from "../../levels/decibels.ts";
import { MelFilterBank, type MelFilterBankOptions } from "../bands/melFilterBank.ts";
import type { Samples } from "../samples.ts";
import { Dct } from "./dct.ts";

export interface MfccOptions extends MelFilterBankOptions {
  /** How many coefficients; 13 by default. */
  coefficients?: number;
  /** What bands without power come to; −100 dB by default. */
  floor?: Decibels;
}

/**
 * Mel-frequency cepstral coefficients: the orthonormal DCT of the mel bands' levels in dB (S. Davis, P. Mermelstein,
 * 1980), as librosa's `mfcc` gives them for `power_to_db(…, top_db=None)`.
 */
export class Mfcc {
  /** How many coefficients. */
  readonly count: number;
  readonly #bank: MelFilterBank;
  readonly #dct: Dct;
  readonly #floor: Decibels;
  readonly #levels: Float64Array;

  /** @throws RangeError as `MelFilterBank`, and where more coefficients than filters are asked for */
  constructor({ coefficients = 13, floor = -100, ...options }: MfccOptions) {
    this.#bank = new MelFilterBank(options);
    this.#dct = new Dct(this.#bank.count, coefficients);
    this.count = this.#dct.count;
    this.#floor = floor;
    this.#levels = new Float64Array(this.#bank.count);
  }

  /**
   * The coefficients of a power spectrum of ⌊size / 2⌋ + 1 bins, in `out` or a new array: `count` numbers.
   * @throws RangeError where a length is another
   */
  apply(power: Samples): Float64Array;
  apply<T extends Samples>(power: Samples, out: T): T;
  apply(power: Samples, out: Samples = new Float64Array(this.count)): Samples {
    const levels = this.#bank.apply(power, this.#levels);
    for (let band = 0; band < levels.length; band += 1)
      levels[band] = powerToDecibels(levels[band] ?? 0, this.#floor);
    return this.#dct.apply(levels, out);
  }
}
