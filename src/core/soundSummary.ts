import { formatCount, plural } from "./format.ts";
import { formatDbfs } from "./soundWords.ts";
import { variantName } from "./variantWords.ts";
import {
  verdictAt,
  verdictOf,
  type SoundComparison,
  type SoundVerdict,
  type VariantFigures,
} from "./variants.ts";

/** A step of 16-bit audio, the sound of a CD: a scale to read differences by. */
const STEP_OF_16_BITS_DBFS = 20 * Math.log10(2 ** -15);

export interface SoundSummary {
  readonly verdict: SoundVerdict | null;
  readonly title: string;
  readonly words: string;
}

/** Whether all variants sound like the one as written, at every block size. */
export function summarizeSound(variants: readonly VariantFigures[]): SoundSummary {
  const all = variants.flatMap((variant) => variant.sound.map((comparison) => ({ variant, comparison })));
  const verdict = verdictOf(all.map(({ comparison }) => comparison));
  if (verdict === null)
    return {
      verdict,
      title: "No sound was compared",
      words: "The pipeline puts out none, or the run ended before.",
    };
  const sizes = `in blocks of ${listed(blockSizes(variants).map(formatCount))}`;
  if (verdict === "identical")
    return { verdict, title: "The sound is identical", words: `Sample by sample, ${sizes}.` };
  const worst = all.reduce((most, each) => (isWorse(each.comparison, most.comparison) ? each : most));
  const { peakDb } = worst.comparison.difference;
  if (verdict === "same")
    return {
      verdict,
      title: "It sounds the same",
      words: `No sample is farther off than ${formatDbfs(peakDb ?? -Infinity)}, ${sizes}.`,
    };
  const which = `${variantName(worst.variant)}, in blocks of ${formatCount(worst.comparison.blockFrames)}`;
  return {
    verdict,
    title: "The sound differs",
    words: `Most in ${which}: ${differenceWords(worst.comparison)}.`,
  };
}

function differenceWords({ difference: { peakDb }, unmatchedFrames }: SoundComparison): string {
  const parts = [];
  if (peakDb !== null) parts.push(`by ${formatDbfs(peakDb)}${scaleWords(peakDb)}`);
  if (unmatchedFrames > 0) parts.push(`${plural(unmatchedFrames, "frame")} more or less`);
  return parts.join(", ");
}

const scaleWords = (peakDb: number): string =>
  peakDb < STEP_OF_16_BITS_DBFS ? ", less than a step of 16-bit audio" : "";

function isWorse(a: SoundComparison, b: SoundComparison): boolean {
  const [first, second] = [verdictAt(a), verdictAt(b)];
  if (first !== second) return first === "differs" || second === "identical";
  return (a.difference.peakDb ?? -Infinity) > (b.difference.peakDb ?? -Infinity);
}

export const blockSizes = (variants: readonly VariantFigures[]): number[] => [
  ...new Set(variants.flatMap(({ sound }) => sound.map(({ blockFrames }) => blockFrames))),
];

/** `64, 500 and 4,096` */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
