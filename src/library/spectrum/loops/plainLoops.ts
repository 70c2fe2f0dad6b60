import type { Samples } from "../samples.ts";
import { LEAST_POWER, MOST_POWER, type SpectrumLoops } from "./spectrumLoops.ts";

/** The loops in TypeScript: for double precision, for sizes that pffft doesn't know, and what the compiled ones are held against. */
export const plainLoops: SpectrumLoops = {
  multiply(samples, weights, out) {
    for (let n = 0; n < weights.length; n += 1) out[n] = (samples[n] ?? 0) * (weights[n] ?? 0);
  },
  addProducts(samples, weights, sums) {
    for (let n = 0; n < weights.length; n += 1)
      sums[n] = (sums[n] ?? 0) + (samples[n] ?? 0) * (weights[n] ?? 0);
  },
  scale(numbers, factor, out) {
    for (let n = 0; n < out.length; n += 1) out[n] = (numbers[n] ?? 0) * factor;
  },
  scaleBins(spectrum, { from, to }, factor) {
    for (let at = 2 * from; at < 2 * to; at += 1) spectrum[at] = (spectrum[at] ?? 0) * factor;
  },
  powers(spectrum, out) {
    for (let bin = 0; bin < out.length; bin += 1) out[bin] = powerOf(spectrum, bin);
  },
  magnitudes(spectrum, out) {
    for (let bin = 0; bin < out.length; bin += 1) out[bin] = Math.sqrt(powerOf(spectrum, bin));
  },
  powerSum(spectrum, { from, to }) {
    let sum = 0;
    for (let bin = from; bin < to; bin += 1) sum += powerOf(spectrum, bin);
    return sum;
  },
  magnitudeSum(spectrum, { from, to }) {
    let sum = 0;
    for (let bin = from; bin < to; bin += 1) sum += Math.sqrt(powerOf(spectrum, bin));
    return sum;
  },
  rise(spectrum, before, sums, values) {
    this.magnitudes(spectrum, values);
    let sum = 0;
    for (let bin = 0; bin < values.length; bin += 1) {
      const now = values[bin] ?? 0;
      sum += Math.max(0, now - (before[bin] ?? 0)) + now * 0;
    }
    if (!Number.isFinite(sum)) return NaN;
    for (let bin = 0; bin < values.length; bin += 1) sums[bin] = (sums[bin] ?? 0) + (values[bin] ?? 0);
    before.set(values);
    return sum;
  },
  logPowerSum(spectra, { from, to }, factor) {
    let sum = 0;
    for (let bin = from; bin < to; bin += 1) {
      let power = 0;
      for (const spectrum of spectra) power += powerOf(spectrum, bin);
      const scaled = power * factor;
      sum += Math.log10(scaled < MOST_POWER ? Math.max(scaled, LEAST_POWER) : MOST_POWER);
    }
    return sum;
  },
};

function powerOf(spectrum: Samples, bin: number): number {
  const re = spectrum[2 * bin] ?? 0;
  const im = spectrum[2 * bin + 1] ?? 0;
  return re * re + im * im;
}
