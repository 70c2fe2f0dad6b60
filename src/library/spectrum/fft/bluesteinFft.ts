import type { ComplexFft } from "./stockhamFft.ts";

/**
 * Any size, as a convolution with a chirp that a power of two carries out (L. I. Bluestein, "A linear filtering approach to
 * the computation of discrete Fourier transform", 1970): nk = (n² + k² − (k − n)²) / 2.
 */
export class BluesteinFft implements ComplexFft {
  readonly #size: number;
  /** exp(−πi·n² / size). */
  readonly #chirp: Float64Array;
  readonly #filter: Float64Array;
  readonly #inner: ComplexFft;
  readonly #padded: Float64Array;
  readonly #result: Float64Array;

  /** @param fftOf the transform of a power of two */
  constructor(size: number, fftOf: (size: number) => ComplexFft) {
    let padded = 1;
    while (padded < 2 * size - 1) padded *= 2;
    this.#size = size;
    this.#inner = fftOf(padded);
    this.#chirp = chirpOf(size);
    this.#padded = new Float64Array(2 * padded);
    this.#result = new Float64Array(2 * size);
    const response = new Float64Array(2 * padded);
    for (let n = 0; n < size; n += 1) {
      const [re = 0, im = 0] = this.#chirp.subarray(2 * n);
      response.set([re / padded, -im / padded], 2 * n);
      if (n > 0) response.set([re / padded, -im / padded], 2 * (padded - n));
    }
    this.#filter = this.#inner.transform(response).slice();
  }

  transform(numbers: Float64Array): Float64Array {
    const padded = this.#padded.fill(0);
    multiply(numbers, this.#chirp, padded, this.#size);
    const spectrum = this.#inner.transform(padded);
    multiply(spectrum, this.#filter, padded, padded.length / 2);
    // The inverse transform is the conjugate of the conjugate's transform.
    conjugate(padded);
    const convolved = this.#inner.transform(padded);
    conjugate(convolved);
    multiply(convolved, this.#chirp, this.#result, this.#size);
    return this.#result;
  }
}

function chirpOf(size: number): Float64Array {
  const chirp = new Float64Array(2 * size);
  for (let n = 0; n < size; n += 1) {
    // Modulo a whole turn, or large squares would lose the angle's last digits.
    const angle = (-Math.PI * ((n * n) % (2 * size))) / size;
    chirp[2 * n] = Math.cos(angle);
    chirp[2 * n + 1] = Math.sin(angle);
  }
  return chirp;
}

/** Products of the first `count` complex numbers; `into` may be one of the factors. */
function multiply(left: Float64Array, right: Float64Array, into: Float64Array, count: number): void {
  for (let at = 0; at < 2 * count; at += 2) {
    const ar = left[at] ?? 0;
    const ai = left[at + 1] ?? 0;
    const br = right[at] ?? 0;
    const bi = right[at + 1] ?? 0;
    into[at] = ar * br - ai * bi;
    into[at + 1] = ar * bi + ai * br;
  }
}

function conjugate(numbers: Float64Array): void {
  for (let at = 1; at < numbers.length; at += 2) numbers[at] = -(numbers[at] ?? 0);
}
