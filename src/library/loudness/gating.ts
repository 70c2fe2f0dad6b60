import { powerToDecibels } from "../levels/decibels.ts";

/** Blocks quieter than this never count (ITU-R BS.1770-5), in LUFS. */
const ABSOLUTE_GATE = -70;
const HIGHEST = 20;
const BINS_PER_LU = 100;
const BINS = (HIGHEST - ABSOLUTE_GATE) * BINS_PER_LU;

/** Loudness of a mean square, channels weighted and summed, in LUFS: −0.691 + 10 log₁₀. */
export const loudnessOf = (power: number): number => -0.691 + powerToDecibels(power);

/** How often which loudness came, in steps of 0.01 LU, with the sums of their powers: as large for an hour as for a second. */
export class LoudnessHistogram {
  readonly #counts = new Float64Array(BINS);
  readonly #powers = new Float64Array(BINS);

  add(power: number): void {
    const loudness = loudnessOf(power);
    if (!(loudness > ABSOLUTE_GATE)) return;
    const bin = Math.min(BINS - 1, binOf(loudness));
    this.#counts[bin] = (this.#counts[bin] ?? 0) + 1;
    this.#powers[bin] = (this.#powers[bin] ?? 0) + power;
  }

  /** Loudness of the mean power of all that is louder than a gate so many LU below the mean of all; −Infinity without any. */
  gatedLoudness(relativeGate: number): number {
    const gate = loudnessOf(this.#meanPower(0)) + relativeGate;
    return loudnessOf(this.#meanPower(firstBinAbove(gate)));
  }

  /** LU between two quantiles (0 to 1) of what is louder than a gate so many LU below the mean of all; 0 without any. */
  spread(relativeGate: number, low: number, high: number): number {
    const first = firstBinAbove(loudnessOf(this.#meanPower(0)) + relativeGate);
    const count = this.#counts.subarray(first).reduce((sum, value) => sum + value, 0);
    if (count === 0) return 0;
    const quantile = (share: number): number => {
      let rank = Math.round((count - 1) * share);
      let bin = first;
      while (bin < BINS && rank >= (this.#counts[bin] ?? 0)) {
        rank -= this.#counts[bin] ?? 0;
        bin += 1;
      }
      return bin / BINS_PER_LU;
    };
    return quantile(high) - quantile(low);
  }

  #meanPower(firstBin: number): number {
    let count = 0;
    let power = 0;
    for (let bin = firstBin; bin < BINS; bin += 1) {
      count += this.#counts[bin] ?? 0;
      power += this.#powers[bin] ?? 0;
    }
    return count === 0 ? 0 : power / count;
  }
}

const binOf = (loudness: number): number => Math.floor((loudness - ABSOLUTE_GATE) * BINS_PER_LU);

/** Where a bin holds the gate itself, its blocks count. */
const firstBinAbove = (gate: number): number => Math.max(0, Number.isFinite(gate) ? binOf(gate) : 0);
