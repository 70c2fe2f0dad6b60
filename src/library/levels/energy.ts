import type { Samples } from "../spectrum/samples.ts";
import type { Amplitude } from "./decibels.ts";

/**
 * The mean square of a signal, Σx² / N; 0 of no samples. Four sums side by side, because a single one makes each
 * addition wait for the one before. The result is `plainEnergy`'s, but for the order of rounding in 64 bits.
 */
export function energy(signal: Samples): number {
  const whole = signal.length - (signal.length % 4);
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let n = 0; n < whole; n += 4) {
    const a = signal[n] ?? 0;
    const b = signal[n + 1] ?? 0;
    const c = signal[n + 2] ?? 0;
    const d = signal[n + 3] ?? 0;
    first += a * a;
    second += b * b;
    third += c * c;
    fourth += d * d;
  }
  let sum = first + second + (third + fourth);
  for (let n = whole; n < signal.length; n += 1) {
    const x = signal[n] ?? 0;
    sum += x * x;
  }
  return sum / (signal.length || 1);
}

/** The mean square of a signal by its definition, sample by sample: what `energy` is held against. */
export function plainEnergy(signal: Samples): number {
  let sum = 0;
  for (const x of signal) sum += x * x;
  return sum / (signal.length || 1);
}

/** Root mean square, the effective value: 0.707 for a sine of amplitude 1, 0 of no samples. */
export const rms = (signal: Samples): Amplitude => Math.sqrt(energy(signal));

/** The largest |x|; 0 of no samples. */
export function peak(signal: Samples): Amplitude {
  let largest = 0;
  for (let n = 0; n < signal.length; n += 1) {
    const size = Math.abs(signal[n] ?? 0);
    if (size > largest) largest = size;
  }
  return largest;
}

/** Peak over RMS, as a ratio: √2 for a sine, 1 for a square wave and for silence. */
export function crestFactor(signal: Samples): number {
  const effective = rms(signal);
  return effective === 0 ? 1 : peak(signal) / effective;
}
