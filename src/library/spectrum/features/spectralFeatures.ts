import type { Samples } from "../samples.ts";

/**
 * The centre of gravity of a spectrum in Hz, Σ f·S / Σ S; 0 of silence.
 * @param spectrum magnitudes (librosa's choice) or powers, of ⌊size / 2⌋ + 1 bins
 * @param hzPerBin sampleRate / size
 */
export function spectralCentroid(spectrum: Samples, hzPerBin: number): number {
  let sum = 0;
  let moment = 0;
  for (let bin = 0; bin < spectrum.length; bin += 1) {
    const value = spectrum[bin] ?? 0;
    sum += value;
    moment += value * bin;
  }
  return sum === 0 ? 0 : (moment / sum) * hzPerBin;
}

/**
 * The lowest frequency in Hz up to which a share of the whole lies; 0 of silence.
 * @param spectrum powers, for a share of the energy
 * @param hzPerBin sampleRate / size
 */
export function spectralRolloff(spectrum: Samples, hzPerBin: number, share = 0.85): number {
  let sum = 0;
  for (let bin = 0; bin < spectrum.length; bin += 1) sum += spectrum[bin] ?? 0;
  const wanted = share * sum;
  let reached = 0;
  for (let bin = 0; bin < spectrum.length; bin += 1) {
    reached += spectrum[bin] ?? 0;
    if (reached >= wanted) return bin * hzPerBin;
  }
  return 0;
}

/**
 * The geometric mean of a power spectrum over its arithmetic mean: 1 of white noise's mean spectrum, near 0 of a tone
 * (A. Gray, J. Markel, 1974). Bins below `least` count as that, so silence is flat.
 */
export function spectralFlatness(power: Samples, least = 1e-10): number {
  let logs = 0;
  let sum = 0;
  for (let bin = 0; bin < power.length; bin += 1) {
    const value = Math.max(power[bin] ?? 0, least);
    logs += Math.log(value);
    sum += value;
  }
  return Math.exp(logs / power.length) / (sum / power.length);
}

/** How much a spectrum rose from one frame to the next: the sum of what bins gained, losses left out. */
export function spectralFlux(previous: Samples, current: Samples): number {
  let flux = 0;
  for (let bin = 0; bin < current.length; bin += 1)
    flux += Math.max(0, (current[bin] ?? 0) - (previous[bin] ?? 0));
  return flux;
}

/** How often a signal goes from below 0 to 0 or above, or back. */
export function zeroCrossings(signal: Samples): number {
  let crossings = 0;
  let wasNegative = (signal[0] ?? 0) < 0;
  for (let n = 1; n < signal.length; n += 1) {
    const isNegative = (signal[n] ?? 0) < 0;
    if (isNegative !== wasNegative) crossings += 1;
    wasNegative = isNegative;
  }
  return crossings;
}

/** Zero crossings per sample: twice a sine's frequency over the sample rate. 0 of no samples. */
export const zeroCrossingRate = (signal: Samples): number => zeroCrossings(signal) / (signal.length || 1);
