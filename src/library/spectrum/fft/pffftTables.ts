// pffft multiplies angles in 32 bits before it takes their cosine, which makes its transforms wrong by 6e-6. The same
// tables from angles in 64 bits take nothing more at run time and leave only the rounding of the transform, some 2e-7.

/** Where the fields of a `PFFFT_Setup` begin, in 32-bit words. */
const SIZE = 0;
const FACTOR_COUNT = 3;
const FACTORS = 4;
const FINAL_TABLE = 19;
const PASS_TABLE = 20;
/** Numbers in a SIMD register. */
const LANES = 4;

/** Replaces a setup's twiddle factors, laid out as pffft.c does in `pffft_new_setup` and `rffti1_ps`. */
export function sharpenTables(memory: ArrayBufferLike, setup: number): void {
  const words = new Int32Array(memory, setup);
  const word = (at: number): number => words[at] ?? 0;
  const size = word(SIZE);
  const factors = Array.from(words.subarray(FACTORS, FACTORS + word(FACTOR_COUNT)));
  sharpenFinalTable(new Float32Array(memory, word(FINAL_TABLE), (size / LANES) * 3), size);
  sharpenPassTable(new Float32Array(memory, word(PASS_TABLE), size / LANES), size / LANES, factors);
}

/** For the pass that joins the four lanes: the first three powers, lane by lane. */
function sharpenFinalTable(table: Float32Array, size: number): void {
  for (let k = 0; k < size / (2 * LANES); k += 1) {
    const group = Math.floor(k / LANES);
    for (let power = 1; power < LANES; power += 1) {
      const angle = (-2 * Math.PI * ((power * k) % size)) / size;
      const at = 2 * (group * 3 + power - 1) * LANES + (k % LANES);
      table[at] = Math.cos(angle);
      table[at + LANES] = Math.sin(angle);
    }
  }
}

/** For the passes within a lane: cosine and sine in turn, for each of them but the last. */
function sharpenPassTable(table: Float32Array, size: number, factors: readonly number[]): void {
  let start = 0;
  let done = 1;
  for (const factor of factors.slice(0, -1)) {
    const length = size / (done * factor);
    for (let multiple = 1; multiple < factor; multiple += 1) {
      for (let k = 1; 2 * k < length; k += 1) {
        const angle = (2 * Math.PI * ((multiple * done * k) % size)) / size;
        table[start + 2 * k - 2] = Math.cos(angle);
        table[start + 2 * k - 1] = Math.sin(angle);
      }
      start += length;
    }
    done *= factor;
  }
}
