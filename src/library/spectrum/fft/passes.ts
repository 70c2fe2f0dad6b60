// One pass of a Stockham FFT for each kind of radix: reads `from`, writes `into`, both interleaved complex numbers.
// The sequence falls into `radix` parts of `parts` × `stride` numbers; each output is a sum of the radix parts, turned by
// its twiddle. Stockham's order needs no bit reversal (C. Van Loan, Computational Frameworks for the FFT, 1992, §1.7).

/** What a pass works on; `twiddles` holds exp(−2πi·p·k / (radix·parts)) for p < parts and 0 < k < radix, p by p. */
export interface Pass {
  readonly radix: number;
  readonly parts: number;
  readonly stride: number;
  readonly twiddles: Float64Array;
  /** exp(−2πi·j / radix). */
  readonly roots: Float64Array;
}

export function radix2Pass({ parts, stride, twiddles }: Pass, from: Float64Array, into: Float64Array): void {
  const width = 2 * stride;
  const half = parts * width;
  for (let part = 0; part < parts; part += 1) {
    const wr = twiddles[2 * part] ?? 0;
    const wi = twiddles[2 * part + 1] ?? 0;
    const end = (part + 1) * width;
    let to = 2 * part * width;
    for (let at = part * width; at < end; at += 2, to += 2) {
      const ar = from[at] ?? 0;
      const ai = from[at + 1] ?? 0;
      const br = from[at + half] ?? 0;
      const bi = from[at + half + 1] ?? 0;
      const dr = ar - br;
      const di = ai - bi;
      into[to] = ar + br;
      into[to + 1] = ai + bi;
      into[to + width] = dr * wr - di * wi;
      into[to + width + 1] = dr * wi + di * wr;
    }
  }
}

export function radix4Pass({ parts, stride, twiddles }: Pass, from: Float64Array, into: Float64Array): void {
  const width = 2 * stride;
  const quarter = parts * width;
  for (let part = 0; part < parts; part += 1) {
    const w1r = twiddles[6 * part] ?? 0;
    const w1i = twiddles[6 * part + 1] ?? 0;
    const w2r = twiddles[6 * part + 2] ?? 0;
    const w2i = twiddles[6 * part + 3] ?? 0;
    const w3r = twiddles[6 * part + 4] ?? 0;
    const w3i = twiddles[6 * part + 5] ?? 0;
    const end = (part + 1) * width;
    let to = 4 * part * width;
    for (let at = part * width; at < end; at += 2, to += 2) {
      const ar = from[at] ?? 0;
      const ai = from[at + 1] ?? 0;
      const br = from[at + quarter] ?? 0;
      const bi = from[at + quarter + 1] ?? 0;
      const cr = from[at + 2 * quarter] ?? 0;
      const ci = from[at + 2 * quarter + 1] ?? 0;
      const dr = from[at + 3 * quarter] ?? 0;
      const di = from[at + 3 * quarter + 1] ?? 0;
      const acr = ar + cr;
      const aci = ai + ci;
      const bdr = br + dr;
      const bdi = bi + di;
      into[to] = acr + bdr;
      into[to + 1] = aci + bdi;
      const evenR = acr - bdr;
      const evenI = aci - bdi;
      into[to + 2 * width] = evenR * w2r - evenI * w2i;
      into[to + 2 * width + 1] = evenR * w2i + evenI * w2r;
      // (a − c) ∓ i(b − d)
      const firstR = ar - cr + (bi - di);
      const firstI = ai - ci - (br - dr);
      into[to + width] = firstR * w1r - firstI * w1i;
      into[to + width + 1] = firstR * w1i + firstI * w1r;
      const thirdR = ar - cr - (bi - di);
      const thirdI = ai - ci + (br - dr);
      into[to + 3 * width] = thirdR * w3r - thirdI * w3i;
      into[to + 3 * width + 1] = thirdR * w3i + thirdI * w3r;
    }
  }
}

/** Any small radix, by the definition. */
export function oddRadixPass(pass: Pass, from: Float64Array, into: Float64Array): void {
  const { radix, parts, stride, twiddles, roots } = pass;
  const width = 2 * stride;
  const share = parts * width;
  for (let part = 0; part < parts; part += 1) {
    for (let k = 0; k < radix; k += 1) {
      const twiddle = 2 * (part * (radix - 1) + k - 1);
      const wr = k === 0 ? 1 : (twiddles[twiddle] ?? 0);
      const wi = k === 0 ? 0 : (twiddles[twiddle + 1] ?? 0);
      const to = (radix * part + k) * width;
      for (let q = 0; q < width; q += 2) {
        let at = part * width + q;
        let sumR = from[at] ?? 0;
        let sumI = from[at + 1] ?? 0;
        for (let j = 1, turn = k; j < radix; j += 1, turn = (turn + k) % radix) {
          at += share;
          const xr = from[at] ?? 0;
          const xi = from[at + 1] ?? 0;
          const rr = roots[2 * turn] ?? 0;
          const ri = roots[2 * turn + 1] ?? 0;
          sumR += xr * rr - xi * ri;
          sumI += xr * ri + xi * rr;
        }
        into[to + q] = sumR * wr - sumI * wi;
        into[to + q + 1] = sumR * wi + sumI * wr;
      }
    }
  }
}
