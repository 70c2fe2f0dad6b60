import { finiteNumber, oneOf } from "../checkArguments.ts";

/** One second-order section, normalised so that a0 is 1: H(z) = (b0 + b1 z⁻¹ + b2 z⁻²) / (1 + a1 z⁻¹ + a2 z⁻²). */
export interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** Named as Web Audio's BiquadFilterNode names them. */
export type BiquadType =
  "lowpass" | "highpass" | "bandpass" | "notch" | "allpass" | "peaking" | "lowshelf" | "highshelf";

const TYPES: readonly BiquadType[] = [
  "lowpass",
  "highpass",
  "bandpass",
  "notch",
  "allpass",
  "peaking",
  "lowshelf",
  "highshelf",
];

export interface BiquadOptions {
  readonly type: BiquadType;
  readonly sampleRate: number;
  /** Corner, centre or middle of the slope, in Hz: above 0, below half the sample rate. */
  readonly frequencyHz: number;
  /** Q, √½ by default. Shelves with √½ have the steepest slope without overshoot. */
  readonly q?: number;
  /** Of peaking filters and shelves; 0 by default. */
  readonly gainDb?: number;
}

/**
 * Coefficients of one section, by R. Bristow-Johnson's Audio EQ Cookbook (bandpass: peak gain 0 dB).
 * @throws RangeError when the frequency isn't between 0 and half the sample rate, Q isn't positive, the gain no number or the type none of these
 */
export function designBiquad(options: BiquadOptions): Biquad {
  const { type, sampleRate, frequencyHz, q = Math.SQRT1_2, gainDb = 0 } = options;
  checkFrequency(frequencyHz, sampleRate);
  oneOf("type of biquad", type, TYPES);
  if (!(q > 0 && q < Infinity)) throw new RangeError(`The Q of a filter is ${q}: give one above 0.`);
  finiteNumber("The gain of a filter in dB", gainDb);
  const omega = (2 * Math.PI * frequencyHz) / sampleRate;
  const cos = Math.cos(omega);
  const alpha = Math.sin(omega) / (2 * q);
  const gain = 10 ** (gainDb / 40);
  const slope = 2 * Math.sqrt(gain) * alpha;
  switch (type) {
    case "lowpass":
      return normalised((1 - cos) / 2, 1 - cos, (1 - cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
    case "highpass":
      return normalised((1 + cos) / 2, -1 - cos, (1 + cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
    case "bandpass":
      return normalised(alpha, 0, -alpha, 1 + alpha, -2 * cos, 1 - alpha);
    case "notch":
      return normalised(1, -2 * cos, 1, 1 + alpha, -2 * cos, 1 - alpha);
    case "allpass":
      return normalised(1 - alpha, -2 * cos, 1 + alpha, 1 + alpha, -2 * cos, 1 - alpha);
    case "peaking":
      return normalised(
        1 + alpha * gain,
        -2 * cos,
        1 - alpha * gain,
        1 + alpha / gain,
        -2 * cos,
        1 - alpha / gain,
      );
    case "lowshelf":
      return normalised(
        gain * (gain + 1 - (gain - 1) * cos + slope),
        2 * gain * (gain - 1 - (gain + 1) * cos),
        gain * (gain + 1 - (gain - 1) * cos - slope),
        gain + 1 + (gain - 1) * cos + slope,
        -2 * (gain - 1 + (gain + 1) * cos),
        gain + 1 + (gain - 1) * cos - slope,
      );
    case "highshelf":
      return normalised(
        gain * (gain + 1 + (gain - 1) * cos + slope),
        -2 * gain * (gain - 1 + (gain + 1) * cos),
        gain * (gain + 1 + (gain - 1) * cos - slope),
        gain + 1 - (gain - 1) * cos + slope,
        2 * (gain - 1 - (gain + 1) * cos),
        gain + 1 - (gain - 1) * cos - slope,
      );
  }
}

/** Divides by a0. */
export function normalised(b0: number, b1: number, b2: number, a0: number, a1: number, a2: number): Biquad {
  return { b0: b0 / a0, b1: b1 / a0, b2: b2 / a0, a1: a1 / a0, a2: a2 / a0 };
}

/** @throws RangeError */
export function checkFrequency(frequencyHz: number, sampleRate: number): void {
  if (!(sampleRate > 0 && sampleRate < Infinity)) {
    throw new RangeError(`A filter can't be made at a sample rate of ${sampleRate} Hz: give one above 0.`);
  }
  if (!(frequencyHz > 0 && frequencyHz < sampleRate / 2)) {
    throw new RangeError(
      `A filter at ${frequencyHz} Hz can't be made at a sample rate of ${sampleRate} Hz: choose a frequency above 0 and below ${sampleRate / 2} Hz.`,
    );
  }
}

/** How a cascade answers a sine of this frequency: its magnitude (1 is unity) and its phase in radians. */
export function frequencyResponse(
  sections: readonly Biquad[],
  frequencyHz: number,
  sampleRate: number,
): { magnitude: number; phase: number } {
  const omega = (2 * Math.PI * frequencyHz) / sampleRate;
  let magnitude = 1;
  let phase = 0;
  for (const { b0, b1, b2, a1, a2 } of sections) {
    const above = quadratic(b0, b1, b2, omega);
    const below = quadratic(1, a1, a2, omega);
    magnitude *= Math.hypot(above.real, above.imaginary) / Math.hypot(below.real, below.imaginary);
    phase += Math.atan2(above.imaginary, above.real) - Math.atan2(below.imaginary, below.real);
  }
  return { magnitude, phase: Math.atan2(Math.sin(phase), Math.cos(phase)) };
}

/** c0 + c1 z⁻¹ + c2 z⁻² on the unit circle. */
function quadratic(c0: number, c1: number, c2: number, omega: number): { real: number; imaginary: number } {
  return {
    real: c0 + c1 * Math.cos(omega) + c2 * Math.cos(2 * omega),
    imaginary: -c1 * Math.sin(omega) - c2 * Math.sin(2 * omega),
  };
}
