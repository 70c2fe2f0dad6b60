import { oneOf, wholeNumber } from "../checkArguments.ts";

/** Coefficients a of Σ a[k] · cos(2πkn / N) (F. J. Harris, Proc. IEEE 66, 1978; A. H. Nuttall for the last). */
const COSINE_SUMS = {
  rectangular: [1],
  hann: [0.5, -0.5],
  hamming: [0.54, -0.46],
  blackman: [0.42, -0.5, 0.08],
  blackmanHarris: [0.35875, -0.48829, 0.14128, -0.01168],
} as const;

export type WindowKind = keyof typeof COSINE_SUMS;

const KINDS = Object.keys(COSINE_SUMS) as WindowKind[];

export interface WindowOptions {
  /**
   * False, the default: periodic, one period of N samples, as spectra and overlap-add want it. True: the last value is
   * the first one, as the design of filters wants it.
   */
  symmetric?: boolean;
}

const computed = new Map<string, Float64Array>();

/**
 * A window of `size` values, computed once for each kind and size. The array is everybody's: read it, and take a
 * `slice()` to change it. What SciPy calls `get_window(kind, size, fftbins=not symmetric)`.
 * @throws RangeError where the size isn't a whole number from 1 on, or there is no such window
 */
export function windowFunction(
  kind: WindowKind,
  size: number,
  { symmetric = false }: WindowOptions = {},
): Float64Array {
  const key = `${kind} ${size} ${symmetric}`;
  let window = computed.get(key);
  if (window === undefined) {
    oneOf("window", kind, KINDS);
    window = cosineSum(COSINE_SUMS[kind], wholeNumber("The size of the window", size), symmetric);
    computed.set(key, window);
  }
  return window;
}

function cosineSum(coefficients: readonly number[], size: number, symmetric: boolean): Float64Array {
  const period = symmetric ? size - 1 : size;
  if (period === 0 || size === 1) return Float64Array.of(1);
  const window = new Float64Array(size);
  const [mean = 0, ...others] = coefficients;
  for (let n = 0; 2 * n <= period; n += 1) {
    let sum = mean;
    for (let k = 0; k < others.length; k += 1)
      sum += (others[k] ?? 0) * Math.cos((2 * Math.PI * (k + 1) * n) / period);
    window[n] = sum;
    if (period - n < size) window[period - n] = sum;
  }
  return window;
}
