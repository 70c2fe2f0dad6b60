import { formatCount, plural } from "../format.ts";
import { faultWords, formatDbfs } from "./soundWords.ts";
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

/** More names than that are counted. */
const MOST_NAMES = 3;

export interface SoundSummary {
  readonly verdict: SoundVerdict | null;
  readonly title: string;
  readonly words: string;
}

/** Whether all variants sound like the one as written, at every block size. */
export function summarizeSound(variants: readonly VariantFigures[]): SoundSummary {
  const all = variants.flatMap((variant) =>
    variant.sound.map((comparison): Heard => ({ variant, comparison })),
  );
  const verdict = verdictOf(all.map(({ comparison }) => comparison));
  const notCompared = [...keptBackWords(all), ...refusedWords(variants)];
  if (verdict === null && notCompared.length > 0)
    return { verdict, title: "No sound could be compared", words: notCompared.join(" ") };
  if (verdict === null)
    return {
      verdict,
      title: "No sound was compared",
      words: "The pipeline puts out none, or the run ended before.",
    };
  const sizes = `in blocks of ${listed(blockSizes(variants).map(formatCount))}`;
  if (verdict === "identical")
    return summary(verdict, "The sound is identical", `Sample by sample, ${sizes}.`, ...notCompared);
  const { comparison } = worstOf(all);
  if (verdict === "same")
    return summary(
      verdict,
      "It sounds the same",
      `No sample is farther off than ${formatDbfs(comparison.difference.peakDb ?? -Infinity)}, ${sizes}.`,
      ...notCompared,
    );
  return summary(verdict, differentTitle(variants), differentWords(variants, all), ...notCompared);
}

const summary = (verdict: SoundVerdict, title: string, ...sentences: readonly string[]): SoundSummary => ({
  verdict,
  title,
  words: sentences.join(" "),
});

/** `The last 100 frames couldn't be compared in late: …` */
function keptBackWords(heard: readonly Heard[]): string[] {
  const late = heard.filter(({ comparison }) => comparison.heldBackFrames > 0);
  if (late.length === 0) return [];
  const most = Math.max(...late.map(({ comparison }) => comparison.heldBackFrames));
  const names = [...new Set(late.map(({ variant }) => variantName(variant)))];
  return [
    `The last ${plural(most, "frame")} couldn't be compared in ${listed(names)}: a stage that is late keeps them back.`,
  ];
}

/** `plain can't run in blocks of 500.` */
const refusedWords = (variants: readonly VariantFigures[]): string[] =>
  variants
    .filter(({ refusals }) => refusals.length > 0)
    .map((variant) => {
      const sizes = variant.refusals.map(({ blockFrames }) => formatCount(blockFrames));
      const who = isOther(variant) ? variantName(variant) : "As written it";
      return `${who} can't run in blocks of ${listed(sizes)}.`;
    });

interface Heard {
  readonly variant: VariantFigures;
  readonly comparison: SoundComparison;
}

function differentWords(variants: readonly VariantFigures[], all: readonly Heard[]): string {
  const others = all.filter(({ variant }) => isOther(variant));
  const written = all.filter(({ variant }) => !isOther(variant));
  const sentences = [];
  if (isDifferent(written)) sentences.push(`As written by ${worstWords(written)}.`);
  if (isDifferent(others)) {
    const { variant } = worstOf(others);
    const isOne = sentences.length === 0 && differing(variants).length === 1;
    sentences.push(`${isOne ? "At most" : `Most in ${variantName(variant)}:`} by ${worstWords(others)}.`);
  }
  return [...sentences, ...restWords(variants)].join(" ");
}

const isOther = ({ name }: VariantFigures): boolean => name !== null;

const isDifferent = (heard: readonly Heard[]): boolean =>
  verdictOf(heard.map(({ comparison }) => comparison)) === "differs";

const worstOf = (heard: readonly Heard[]): Heard =>
  heard.reduce((most, each) => (isWorse(each.comparison, most.comparison) ? each : most));

function worstWords(heard: readonly Heard[]): string {
  const { comparison } = worstOf(heard);
  return `${differenceWords(comparison)}, in blocks of ${formatCount(comparison.blockFrames)}`;
}

const differing = (variants: readonly VariantFigures[]): VariantFigures[] =>
  variants.filter(({ sound }) => verdictOf(sound) === "differs");

/** Where the one as written differs from itself, so do the others, most likely: that is said first. */
function differentTitle(variants: readonly VariantFigures[]): string {
  const different = differing(variants);
  if (!different.every(isOther)) return "The sound depends on the size of the blocks";
  const names = different.map(variantName);
  if (names.length > MOST_NAMES) return `${names.length} of ${variants.length} variants sound different`;
  return `${listed(names)} ${names.length === 1 ? "sounds" : "sound"} different`;
}

/** Without the one as written: it is what they are beside. */
function restWords(variants: readonly VariantFigures[]): string[] {
  const others = variants.filter((variant) => {
    const verdict = verdictOf(variant.sound);
    return isOther(variant) && verdict !== null && verdict !== "differs";
  });
  if (others.length === 0 || others.length > MOST_NAMES) return [];
  return [`${listed(others.map(variantName))} ${others.length === 1 ? "sounds" : "sound"} the same.`];
}

function differenceWords(comparison: SoundComparison): string {
  const { peakDb } = comparison.difference;
  const by = peakDb === null ? [] : [`${formatDbfs(peakDb)}${scaleWords(peakDb)}`];
  return [...by, ...faultWords(comparison)].join(", ");
}

const scaleWords = (peakDb: number): string =>
  peakDb < STEP_OF_16_BITS_DBFS ? " (less than a step of 16-bit audio)" : "";

function isWorse(a: SoundComparison, b: SoundComparison): boolean {
  const [first, second] = [verdictAt(a), verdictAt(b)];
  if (first !== second) return first === "differs" || second === "identical";
  // What is no number is worse than any that is.
  if (a.notNumbers > 0 !== b.notNumbers > 0) return a.notNumbers > 0;
  return (a.difference.peakDb ?? -Infinity) > (b.difference.peakDb ?? -Infinity);
}

/** At which any of them was heard. */
export const blockSizes = (variants: readonly VariantFigures[]): number[] =>
  inOrder(variants.flatMap(({ sound }) => sound));

/** And those that any of them refused. */
export const triedSizes = (variants: readonly VariantFigures[]): number[] =>
  inOrder(variants.flatMap(({ sound, refusals }) => [...sound, ...refusals]));

const inOrder = (tried: readonly Pick<SoundComparison, "blockFrames">[]): number[] =>
  [...new Set(tried.map(({ blockFrames }) => blockFrames))].sort((a, b) => a - b);

/** `64, 500 and 4,096` */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
