// No library served: fft.js and its like are slower than this in 64 bits or know powers of two only.
import { complexFft } from "./complexFft.ts";
import { unitRoots, type ComplexFft } from "./stockhamFft.ts";
import { binCountOf } from "./realTransform.ts";

/** A real transform in 64 bits, exact to a few units in the last place, with arrays of its own. */
export interface DoubleEngine {
  /** `forward` may overwrite them. */
  readonly samples: Float64Array;
  /** Interleaved bins; `inverse` may overwrite them. */
  readonly spectrum: Float64Array;
  forward(): void;
  /** Times `size`. */
  inverse(): void;
}

export const doubleEngine = (size: number): DoubleEngine =>
  size % 2 === 0 ? new EvenEngine(size) : new OddEngine(size);

/**
 * Even sizes: even samples as real parts and odd ones as imaginary parts of a complex transform of half the size, whose
 * symmetric and antisymmetric parts are the two's transforms (W. H. Press et al., Numerical Recipes, §12.3).
 */
class EvenEngine implements DoubleEngine {
  readonly size: number;
  readonly samples: Float64Array;
  readonly spectrum: Float64Array;
  readonly #fft: ComplexFft;
  /** exp(−2πi·k / size). */
  readonly #roots: Float64Array;
  readonly #half: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.samples = new Float64Array(size);
    this.spectrum = new Float64Array(size + 2);
    this.#fft = complexFft(size / 2);
    this.#roots = unitRoots(size / 2 + 1, size);
    this.#half = new Float64Array(size);
  }

  forward(): void {
    const { size, spectrum } = this;
    const roots = this.#roots;
    const half = this.#fft.transform(this.samples);
    spectrum[0] = (half[0] ?? 0) + (half[1] ?? 0);
    spectrum[size] = (half[0] ?? 0) - (half[1] ?? 0);
    spectrum[1] = spectrum[size + 1] = 0;
    for (let at = 2, mirror = size - 2; at <= mirror; at += 2, mirror -= 2) {
      const ar = half[at] ?? 0;
      const ai = half[at + 1] ?? 0;
      const br = half[mirror] ?? 0;
      const bi = half[mirror + 1] ?? 0;
      const evenR = (ar + br) / 2;
      const evenI = (ai - bi) / 2;
      const oddR = (ai + bi) / 2;
      const oddI = (br - ar) / 2;
      const wr = roots[at] ?? 0;
      const wi = roots[at + 1] ?? 0;
      const turnedR = oddR * wr - oddI * wi;
      const turnedI = oddR * wi + oddI * wr;
      spectrum[at] = evenR + turnedR;
      spectrum[at + 1] = evenI + turnedI;
      spectrum[mirror] = evenR - turnedR;
      spectrum[mirror + 1] = turnedI - evenI;
    }
  }

  inverse(): void {
    const { size, spectrum, samples } = this;
    const roots = this.#roots;
    const half = this.#half;
    const first = spectrum[0] ?? 0;
    const last = spectrum[size] ?? 0;
    // Conjugated throughout, so that the forward transform is the inverse one.
    half[0] = first + last;
    half[1] = last - first;
    for (let at = 2, mirror = size - 2; at <= mirror; at += 2, mirror -= 2) {
      const ar = spectrum[at] ?? 0;
      const ai = spectrum[at + 1] ?? 0;
      const br = spectrum[mirror] ?? 0;
      const bi = spectrum[mirror + 1] ?? 0;
      const evenR = ar + br;
      const evenI = ai - bi;
      const wr = roots[at] ?? 0;
      const wi = roots[at + 1] ?? 0;
      const oddR = (ar - br) * wr + (ai + bi) * wi;
      const oddI = (ai + bi) * wr - (ar - br) * wi;
      half[at] = evenR - oddI;
      half[at + 1] = -(evenI + oddR);
      half[mirror] = evenR + oddI;
      half[mirror + 1] = evenI - oddR;
    }
    const result = this.#fft.transform(half);
    for (let at = 0; at < size; at += 2) {
      samples[at] = result[at] ?? 0;
      samples[at + 1] = -(result[at + 1] ?? 0);
    }
  }
}

/** Odd sizes, as complex numbers without an imaginary part. */
class OddEngine implements DoubleEngine {
  readonly size: number;
  readonly samples: Float64Array;
  readonly spectrum: Float64Array;
  readonly #fft: ComplexFft;
  readonly #numbers: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.samples = new Float64Array(size);
    this.spectrum = new Float64Array(2 * binCountOf(size));
    this.#fft = complexFft(size);
    this.#numbers = new Float64Array(2 * size);
  }

  forward(): void {
    const { size, samples } = this;
    const numbers = this.#numbers.fill(0);
    for (let n = 0; n < size; n += 1) numbers[2 * n] = samples[n] ?? 0;
    this.spectrum.set(this.#fft.transform(numbers).subarray(0, this.spectrum.length));
    this.spectrum[1] = 0;
  }

  inverse(): void {
    const { size, spectrum, samples } = this;
    const numbers = this.#numbers;
    numbers[0] = spectrum[0] ?? 0;
    numbers[1] = 0;
    // Bin size − k is the conjugate of bin k, and all of them are conjugated for the inverse.
    for (let at = 2, mirror = 2 * size - 2; at < mirror; at += 2, mirror -= 2) {
      const re = spectrum[at] ?? 0;
      const im = spectrum[at + 1] ?? 0;
      numbers[at] = numbers[mirror] = re;
      numbers[at + 1] = -im;
      numbers[mirror + 1] = im;
    }
    const result = this.#fft.transform(numbers);
    for (let n = 0; n < size; n += 1) samples[n] = result[2 * n] ?? 0;
  }
}
