import { formatNumber, formatSeconds, plural } from "./format.ts";
import { verdictAt, type SoundComparison } from "./variants.ts";

/** `−132 dBFS` */
export const formatDbfs = (level: number): string => `${formatNumber(level)}\u202fdBFS`;

/** `1.24 dB`, `0.0003 dB` */
export const formatDecibels = (level: number): string =>
  `${level.toFixed(level < 0.1 ? 4 : 2).replace("-", "−")}\u202fdB`;

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
