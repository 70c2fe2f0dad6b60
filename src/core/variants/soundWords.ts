import { formatCount, formatNumber, formatSeconds, plural } from "../format.ts";
import { verdictAt, type BlockSizeRefusal, type SoundComparison } from "./variants.ts";

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
  const { difference } = comparison;
  const verdict = verdictAt(comparison);
  const where = difference.at === null ? "" : ` at ${formatSeconds(difference.at)}`;
  const keptBack = keptBackWords(comparison);
  switch (verdict) {
    case "identical":
      return ["identical", ...keptBack].join(", ");
    case "same":
      return [`same (${formatDbfs(difference.peakDb ?? -Infinity)})`, ...keptBack].join(", ");
    case "differs": {
      const by = difference.peakDb === null ? [] : [`${formatDbfs(difference.peakDb)}${where}`];
      return `differs: ${[...by, ...faultWords(comparison), ...keptBack].join(", ")}`;
    }
  }
}

/** What no difference in dBFS tells: another length, samples that are no numbers. */
export function faultWords({ unmatchedFrames, notNumbers }: SoundComparison): string[] {
  return [
    ...(unmatchedFrames > 0 ? [`${plural(unmatchedFrames, "frame")} more or less`] : []),
    ...(notNumbers > 0
      ? [`${plural(notNumbers, "sample")} that ${notNumbers === 1 ? "is" : "are"} no number`]
      : []),
  ];
}

/** A stage that is late may have no tail: the end of the recording then never comes out. */
export const keptBackWords = ({ heldBackFrames }: SoundComparison): string[] =>
  heldBackFrames > 0 ? [`without the last ${plural(heldBackFrames, "frame")}`] : [];

/** `can't run in blocks of 500: …` */
export const refusalWords = ({ blockFrames, reason }: BlockSizeRefusal): string =>
  `can't run in blocks of ${formatCount(blockFrames)}: ${reason}`;
