import { oddRadixPass, radix2Pass, radix4Pass, type Pass } from "./passes.ts";

/** Odd factors up to this go by the definition, which costs a factor's square; a larger one goes to Bluestein. */
const LARGEST_RADIX = 13;

/** A complex FFT in 64 bits, unscaled. */
export interface ComplexFft {
  /**
   * @param numbers `size` complex numbers, real and imaginary part in turn; overwritten
   * @returns their transform, in `numbers` or in an array that the next call overwrites
   */
  transform(numbers: Float64Array): Float64Array;
}

/** Fours first, since a pass over memory costs more than its arithmetic; null where a prime factor is too large. */
export function radicesOf(size: number): number[] | null {
  const radices: number[] = [];
  let rest = size;
  for (let radix = 4; rest > 1; radix = radix === 4 ? 2 : radix === 2 ? 3 : radix + 2) {
    if (radix > LARGEST_RADIX) return null;
    for (; rest % radix === 0; rest /= radix) radices.push(radix);
  }
  return radices;
}

/** Sizes with small prime factors, one pass over the numbers for each factor. */
export class StockhamFft implements ComplexFft {
  readonly #passes: readonly Pass[];
  readonly #other: Float64Array;

  constructor(size: number, radices: readonly number[]) {
    let rest = size;
    this.#passes = radices.map((radix) => {
      const pass = {
        radix,
        parts: rest / radix,
        stride: size / rest,
        twiddles: twiddlesOf(radix, rest / radix),
        roots: unitRoots(radix, radix),
      };
      rest /= radix;
      return pass;
    });
    this.#other = new Float64Array(2 * size);
  }

  transform(numbers: Float64Array): Float64Array {
    let from = numbers;
    let into = this.#other;
    for (const pass of this.#passes) {
      if (pass.radix === 4) radix4Pass(pass, from, into);
      else if (pass.radix === 2) radix2Pass(pass, from, into);
      else oddRadixPass(pass, from, into);
      const spent = from;
      from = into;
      into = spent;
    }
    return from;
  }
}

function twiddlesOf(radix: number, parts: number): Float64Array {
  const twiddles = new Float64Array(2 * parts * (radix - 1));
  let to = 0;
  for (let part = 0; part < parts; part += 1) {
    for (let k = 1; k < radix; k += 1, to += 2) setRoot(twiddles, to, part * k, radix * parts);
  }
  return twiddles;
}

/** exp(−2πi·k / turns) for k < count. */
export function unitRoots(count: number, turns: number): Float64Array {
  const roots = new Float64Array(2 * count);
  for (let k = 0; k < count; k += 1) setRoot(roots, 2 * k, k, turns);
  return roots;
}

function setRoot(into: Float64Array, at: number, k: number, turns: number): void {
  const angle = (-2 * Math.PI * (k % turns)) / turns;
  into[at] = Math.cos(angle);
  into[at + 1] = Math.sin(angle);
}
