import { findPeaks } from "waveflame";
import { FRAME, HOP } from "./frames.ts";

/** Onsets nearer to each other are one. */
const APART_SECONDS = 0.05;
/** An onset stands out by so many standard deviations. */
const DEVIATIONS = 1.5;

/**
 * In seconds, in order.
 * @param flux by how much the spectrum rose, frame by frame
 */
export function onsetTimes(flux: readonly number[], sampleRate: number): number[] {
  const mean = flux.reduce((sum, rise) => sum + rise, 0) / flux.length;
  const variance = flux.reduce((sum, rise) => sum + (rise - mean) ** 2, 0) / flux.length;
  const distance = Math.max(1, Math.ceil((APART_SECONDS * sampleRate) / HOP));
  const height = mean + DEVIATIONS * Math.sqrt(variance);
  return findPeaks(flux, { height, distance }).map((frame) => (frame * HOP + FRAME / 2) / sampleRate);
}
