import { checkLength, wholeNumber, type Samples } from "../samples.ts";
import { binFrequencies, type BinScale } from "./bands.ts";
import { hzToMel, melToHz, type MelScale } from "./melScale.ts";

export interface MelFilterBankOptions extends BinScale {
  /** How many filters; 40 by default. */
  count?: number;
  /** The lower edge of the first filter in Hz; 0 by default. */
  lowestHz?: number;
  /** The upper edge of the last one in Hz; half the sample rate by default. */
  highestHz?: number;
  /** `slaney` by default. */
  scale?: MelScale;
  /** `area`, the default: each triangle has area 1 (over Hz). `peak`: each has height 1. */
  normalise?: "area" | "peak";
}

/** The weights of a filter's bins, from bin `start` on; outside of them it is 0. */
export interface MelFilter {
  readonly start: number;
  readonly weights: Float64Array;
}

/**
 * Triangles that overlap by half, equally spaced on the mel scale: what librosa calls `filters.mel(sr, n_fft, n_mels,
 * fmin, fmax, htk, norm)`, kept sparse.
 */
export class MelFilterBank {
  readonly count: number;
  /** Bins of the spectra: ⌊size / 2⌋ + 1. */
  readonly binCount: number;
  readonly filters: readonly MelFilter[];

  /** @throws RangeError where the edges aren't in order, or beyond half the sample rate */
  constructor(options: MelFilterBankOptions) {
    const {
      sampleRate,
      lowestHz = 0,
      highestHz = sampleRate / 2,
      scale = "slaney",
      normalise = "area",
    } = options;
    this.count = wholeNumber("The number of filters", options.count ?? 40);
    if (!(lowestHz >= 0 && lowestHz < highestHz && highestHz <= sampleRate / 2))
      throw new RangeError(
        `Mel filters from ${lowestHz} to ${highestHz} Hz: they must lie between 0 and ${sampleRate / 2} Hz, in order.`,
      );
    const frequencies = binFrequencies(options);
    this.binCount = frequencies.length;
    const [from, to] = [hzToMel(lowestHz, scale), hzToMel(highestHz, scale)];
    const edgeOf = (k: number): number => melToHz(from + ((to - from) * k) / (this.count + 1), scale);
    this.filters = Array.from({ length: this.count }, (_, k) => {
      const [left, centre, right] = [edgeOf(k), edgeOf(k + 1), edgeOf(k + 2)];
      const height = normalise === "area" ? 2 / (right - left) : 1;
      return triangle(frequencies, left, centre, right, height);
    });
  }

  /**
   * The weighted sum of each filter's bins, in `out` or a new array: `count` numbers.
   * @param spectrum `binCount` powers (or magnitudes, where those are wanted)
   * @throws RangeError where a length is another
   */
  apply(spectrum: Samples): Float64Array;
  apply<T extends Samples>(spectrum: Samples, out: T): T;
  apply(spectrum: Samples, out: Samples = new Float64Array(this.count)): Samples {
    checkLength("The spectrum", spectrum, this.binCount);
    checkLength("The array for the mel bands", out, this.count);
    for (let k = 0; k < this.count; k += 1) out[k] = weightedSum(spectrum, this.filters[k]);
    return out;
  }
}

function triangle(
  frequencies: Float64Array,
  left: number,
  centre: number,
  right: number,
  height: number,
): MelFilter {
  const weights = frequencies.map((f) => {
    const slope = Math.min((f - left) / (centre - left), (right - f) / (right - centre));
    return Math.max(0, slope) * height;
  });
  const start = weights.findIndex((weight) => weight > 0);
  if (start < 0) return { start: 0, weights: new Float64Array(0) };
  return { start, weights: weights.slice(start, weights.findLastIndex((weight) => weight > 0) + 1) };
}

function weightedSum(spectrum: Samples, filter: MelFilter | undefined): number {
  if (!filter) return 0;
  const { start, weights } = filter;
  let sum = 0;
  for (let n = 0; n < weights.length; n += 1) sum += (weights[n] ?? 0) * (spectrum[start + n] ?? 0);
  return sum;
}
