import { type Biquad, checkFrequency, normalised } from "../filters/biquad.ts";

/** The rate for which the standard gives its coefficients. */
const STANDARD_RATE = 48000;

/** ITU-R BS.1770-5, tables 1 and 2: the head's shelf, and what the ear misses of low frequencies. */
const STANDARD_SECTIONS: readonly Biquad[] = [
  {
    b0: 1.53512485958697,
    b1: -2.69169618940638,
    b2: 1.19839281085285,
    a1: -1.69065929318241,
    a2: 0.73248077421585,
  },
  { b0: 1, b1: -2, b2: 1, a1: -1.99004745483398, a2: 0.99007225036621 },
];

/**
 * The two sections of the K-weighting at any sample rate; at 48 kHz the standard's own, below 16 kHz within 0.3 dB of them up to 3 kHz.
 * @throws RangeError below 3.4 kHz, where the shelf doesn't fit
 */
export const kWeighting = (sampleRate: number): Biquad[] =>
  STANDARD_SECTIONS.map((section) => atSampleRate(section, sampleRate));

/**
 * Undoes the bilinear transform at the standard's rate and does it anew at another one, so that the frequency of the poles stays.
 */
function atSampleRate({ b0, b1, b2, a1, a2 }: Biquad, sampleRate: number): Biquad {
  // With s = (1 − z⁻¹) / (1 + z⁻¹): the coefficients of s⁰, s¹ and s².
  const numerator = [b0 + b1 + b2, 2 * (b0 - b2), b0 - b1 + b2] as const;
  const denominator = [1 + a1 + a2, 2 * (1 - a2), 1 - a1 + a2] as const;
  const corner = Math.sqrt(denominator[0] / denominator[2]);
  const frequencyHz = (Math.atan(corner) / Math.PI) * STANDARD_RATE;
  checkFrequency(frequencyHz, sampleRate);
  const scale = corner / Math.tan((Math.PI * frequencyHz) / sampleRate);
  const above = discrete(numerator, scale);
  const below = discrete(denominator, scale);
  return normalised(above[0], above[1], above[2], below[0], below[1], below[2]);
}

type Polynomial = readonly [number, number, number];

/** c0 + c1 ks + c2 (ks)² times (1 + z⁻¹)² / 4: coefficients of z⁰, z⁻¹ and z⁻². */
function discrete([c0, c1, c2]: Polynomial, k: number): Polynomial {
  const linear = c1 * k;
  const square = c2 * k * k;
  return [(c0 + linear + square) / 4, (c0 - square) / 2, (c0 - linear + square) / 4];
}
