/** An amplitude, or a ratio of amplitudes. */
export type Amplitude = number;

/** A level or a gain; 0 dB is full scale, or no change. */
export type Decibels = number;

/**
 * 20·log10 |amplitude|: 0 dB for 1, −6.02 dB for a half.
 * @param floor what silence comes to, and whatever is softer; without it silence is −∞
 */
export function toDecibels(amplitude: Amplitude, floor: Decibels = -Infinity): Decibels {
  return Math.max(20 * Math.log10(Math.abs(amplitude)), floor);
}

/**
 * 10·log10 power: of a mean square, or of a bin of a power spectrum.
 * @param floor what silence comes to, and whatever is softer; without it silence is −∞
 */
export function powerToDecibels(power: number, floor: Decibels = -Infinity): Decibels {
  return Math.max(10 * Math.log10(power), floor);
}

/** 10^(level / 20): 1 for 0 dB, 0.501 for −6 dB, 0 for −∞. */
export function fromDecibels(level: Decibels): Amplitude {
  return 10 ** (level / 20);
}
