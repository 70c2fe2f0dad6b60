/**
 * `htk`: 2595·log10(1 + f / 700), as in the Hidden Markov Model Toolkit. `slaney`: linear up to 1 kHz, logarithmic
 * above, as in M. Slaney's Auditory Toolbox (1998) and librosa.
 */
export type MelScale = "htk" | "slaney";

const HZ_PER_MEL = 200 / 3;
const BREAK_HZ = 1000;
const BREAK_MEL = BREAK_HZ / HZ_PER_MEL;
const LOG_STEP = Math.log(6.4) / 27;

/** A frequency in Hz on the mel scale. */
export function hzToMel(frequency: number, scale: MelScale = "slaney"): number {
  if (scale === "htk") return 2595 * Math.log10(1 + frequency / 700);
  return frequency < BREAK_HZ
    ? frequency / HZ_PER_MEL
    : BREAK_MEL + Math.log(frequency / BREAK_HZ) / LOG_STEP;
}

/** The frequency in Hz of a point of the mel scale. */
export function melToHz(mel: number, scale: MelScale = "slaney"): number {
  if (scale === "htk") return 700 * (10 ** (mel / 2595) - 1);
  return mel < BREAK_MEL ? mel * HZ_PER_MEL : BREAK_HZ * Math.exp((mel - BREAK_MEL) * LOG_STEP);
}
