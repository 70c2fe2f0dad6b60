import { formatNumber, formatSeconds, plural } from "./format.ts";
import { verdictAt, type SoundComparison } from "./variants.ts";

/** `−132 dBFS` */
export const formatDbfs = (level: number): string => `${formatNumber(level)}\u202fdBFS`;

export const LEAST_DECIBELS = 0.0001;

/** `1.24 dB`, `0.0042 dB`; of a difference too small to matter `< 0.0001 dB`. */
export function formatDecibels(level: number): string {
  if (level >= 0.01 || level <= 0) return `${formatNumber(level)}\u202fdB`;
  return level < LEAST_DECIBELS
    ? `<\u202f${LEAST_DECIBELS}\u202fdB`
    : `${Number(level.toPrecision(2))}\u202fdB`;
}

/** What a comparison found, in words: `same (−132 dBFS)`. */
export function soundWords(comparison: SoundComparison): string {
  const { difference, unmatchedFrames } = comparison;
  const verdict = verdictAt(comparison);
  if (verdict === "identical") return "identical";
  const by = difference.peakDb === null ? "" : formatDbfs(difference.peakDb);
  if (verdict === "same") return `same (${by})`;
  const where = difference.at === null ? "" : ` at ${formatSeconds(difference.at)}`;
  const length = unmatchedFrames > 0 ? `${plural(unmatchedFrames, "frame")} more or less` : "";
  return `differs: ${[by && `${by}${where}`, length].filter(Boolean).join(", ")}`;
}
