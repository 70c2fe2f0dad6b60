import type { Decibels } from "../../levels/decibels.ts";

/** The four corner frequencies of IEC 61672-1:2013, annex E, in Hz. */
const CORNERS = [20.598997, 107.65265, 737.86223, 12194.217] as const;
/** What brings 1 kHz to 0 dB. */
const NORMALISATION: Decibels = 2;

/**
 * The A-weighting of a frequency by IEC 61672-1: what is added to a level so that it goes with loudness at low levels.
 * 0 dB at 1 kHz (to 0.001 dB), −19.1 dB at 100 Hz, −∞ at 0 Hz.
 */
export function aWeighting(frequencyHz: number): Decibels {
  const f2 = frequencyHz ** 2;
  const [c1, c2, c3, c4] = CORNERS;
  const response =
    (c4 ** 2 * f2 ** 2) / ((f2 + c1 ** 2) * Math.sqrt((f2 + c2 ** 2) * (f2 + c3 ** 2)) * (f2 + c4 ** 2));
  return 20 * Math.log10(response) + NORMALISATION;
}
