import { formatCount, formatNumber, formatShare, plural } from "../format.ts";
import type { Milliseconds, Share } from "../units.ts";
import { verdictOf, type ResultsComparison, type VariantFigures } from "./variants.ts";

/** `as written` or the variant's own name. */
export const variantName = ({ name }: Pick<VariantFigures, "name">): string => name ?? "as written";

export type Pace = "faster" | "slower" | "alike";

/** A smaller difference between one run each is always taken for chance. */
export const LEAST_CHANCE: Share = 0.1;

/** Of both runs' time; what is shorter says nothing of how much the whole came apart. */
const LEAST_SAME: Share = 0.1;

/**
 * What chance may have made of one run each: at least a tenth, and as much as what has the same code in both came apart, where
 * that is a tenth of the time.
 */
export function chanceBetween(variant: VariantFigures, other: VariantFigures): Share {
  const same = variant.stages.flatMap((stage, index) => {
    const beside = other.stages[index];
    return beside?.variant === stage.variant ? [[stage.selfMs, beside.selfMs] as const] : [];
  });
  const total = same.reduce((sum, [ms]) => sum + ms, 0);
  const otherTotal = same.reduce((sum, [, ms]) => sum + ms, 0);
  const tells = total + otherTotal >= LEAST_SAME * (variant.stagesMs + other.stagesMs);
  return tells ? Math.max(LEAST_CHANCE, ratioOf(total, otherTotal) - 1) : LEAST_CHANCE;
}

/** What a time is beside another one. */
export function paceOf(ms: Milliseconds, otherMs: Milliseconds, chance: Share = LEAST_CHANCE): Pace {
  const ratio = ratioOf(ms, otherMs);
  if (ratio < 1 + (chance as number)) return "alike";
  return ms < otherMs ? "faster" : "slower";
}

/** `4.31× faster`, `1.20× slower`, `about as fast`. */
export function paceWords(ms: Milliseconds, otherMs: Milliseconds, chance?: Share): string {
  const pace = paceOf(ms, otherMs, chance);
  if (pace === "alike") return "about as fast";
  const ratio = ratioOf(ms, otherMs);
  return Number.isFinite(ratio) ? `${formatNumber(ratio)}× ${pace}` : pace;
}

/** The longer time as a multiple of the shorter one: at least 1, infinite beside no time. */
export function ratioOf(ms: Milliseconds, otherMs: Milliseconds): number {
  const [shorter, longer] = ms < otherMs ? [ms, otherMs] : [otherMs, ms];
  return longer === 0 ? 1 : (longer as number) / (shorter as number);
}

export interface VariantPair {
  readonly fastest: VariantFigures;
  readonly other: VariantFigures;
  /** Faster still, but sounds different. */
  readonly different: VariantFigures | null;
}

/**
 * The two to name first: the fastest of those that sound the same, and the one as written or, where that is the fastest,
 * the next one. Where all sound different, of all.
 */
export function fastestPair(variants: readonly VariantFigures[]): VariantPair | null {
  const byTime = variants.toSorted((a, b) => a.stagesMs - b.stagesMs);
  const [written] = variants;
  const alike = byTime.filter((each) => each === written || verdictOf(each.sound) !== "differs");
  const [fastest, second] = alike.length > 1 ? alike : byTime;
  const other = fastest === written ? second : written;
  if (!fastest || !other) return null;
  const [first] = byTime;
  return { fastest, other, different: first && first !== fastest ? first : null };
}

/** `1,204 numbers, all the same`, or what differs. */
export function resultsWords({ numbers, largestDifference, different }: ResultsComparison): string {
  if (different !== null) return `they differ: ${different}`;
  if (numbers === 0) return "no numbers to compare";
  if (largestDifference === 0) return `${plural(numbers, "number")}, all the same`;
  return `${plural(numbers, "number")}, at most ${partWords(largestDifference)} apart`;
}

/** `3.2 %`; smaller ones `1 part in 12,000`. */
function partWords(part: number): string {
  return part >= 0.0005 ? formatShare(part) : `1 part in ${formatCount(Number((1 / part).toPrecision(2)))}`;
}

/** What all variants emitted beside the one as written, in a sentence. */
export function summarizeResults(variants: readonly VariantFigures[]): string {
  const others = variants.filter(({ name }) => name !== null);
  const worst =
    others.find(({ results }) => results.different !== null) ??
    others.toSorted((a, b) => b.results.largestDifference - a.results.largestDifference)[0];
  if (!worst) return "";
  const { different, largestDifference } = worst.results;
  const isSame = different === null && largestDifference === 0;
  return `Results${isSame ? "" : ` of ${variantName(worst)}`}: ${resultsWords(worst.results)}.`;
}
