import { formatBytes, formatCount, formatDuration, formatShare, formatSpeed } from "../format.ts";
import {
  bandWords,
  farthestResponse,
  formatFrequency,
  isFlat,
  withinWords,
} from "../variants/frequencyResponse.ts";
import type { Run } from "../run/run.ts";
import { formatDbfs, formatDecibels, refusalWords, soundWords } from "../variants/soundWords.ts";
import { triedSizes } from "../variants/soundSummary.ts";
import { verdictAt, type SoundComparison, type VariantFigures } from "../variants/variants.ts";
import {
  chanceBetween,
  LEAST_CHANCE,
  paceWords,
  resultsWords,
  variantName,
} from "../variants/variantWords.ts";
import type { TableText } from "./parts/tables.ts";
import { harmless, table, type Cell, type Column, type Paint, type Style } from "./terminalText.ts";

const nameOf = (variant: VariantFigures): string => harmless(variantName(variant));

/** One line a variant, and below it what chance is. */
export function variantTable(run: Run, paint: Paint): string[] {
  const { columns, rows } = variantCells(run);
  return [...table(columns, rows, paint), ...chanceWords(run).map((words) => paint("quiet", words))];
}

/** What each variant costs, and whether it sounds like the one as written at each block size. */
export function variantCells({ variants }: Run): TableText {
  const [written] = variants;
  const sizes = triedSizes(variants);
  const columns: Column[] = [
    { title: "variant", align: "left" },
    { title: "time", align: "right" },
    { title: "beside as written", align: "left" },
    { title: "speed", align: "right" },
    { title: "memory", align: "right" },
    ...sizes.map((size): Column => ({ title: `sound in blocks of ${formatCount(size)}`, align: "left" })),
  ];
  const rows = variants.map((variant): Cell[] => [
    { text: nameOf(variant) },
    { text: formatDuration(variant.stagesMs) },
    { text: written && variant !== written ? paceBeside(variant, written) : "" },
    { text: formatSpeed(variant.speed) },
    { text: formatBytes(variant.peakMemoryMB * 2 ** 20) },
    ...sizes.map((size) => soundCell(variant, size)),
  ]);
  return { columns, rows };
}

/** One sentence; none where there are no variants. */
export function chanceWords({ variants }: Run): string[] {
  const [written] = variants;
  return written ? [chanceLine(written, variants)] : [];
}

function chanceLine(written: VariantFigures, variants: readonly VariantFigures[]): string {
  const chances = variants
    .filter((variant) => variant !== written)
    .map((variant) => [formatShare(chanceBetween(variant, written)), nameOf(variant)] as const);
  const [first] = chances;
  const alike = chances.every(([chance]) => chance === first?.[0]);
  const least = alike
    ? (first?.[0] ?? formatShare(LEAST_CHANCE))
    : chances.map(([chance, name]) => `${chance} (${name})`).join(", ");
  return `One run each: a difference below ${least} is taken for chance.`;
}

const paceBeside = (variant: VariantFigures, other: VariantFigures): string =>
  paceWords(variant.stagesMs, other.stagesMs, chanceBetween(variant, other));

const STYLES = { identical: "good", same: "good", differs: "bad" } as const;

function soundCell({ sound, refusals }: VariantFigures, size: number): Cell {
  const comparison = sound.find(({ blockFrames }) => blockFrames === size);
  if (comparison) {
    const style: Style = STYLES[verdictAt(comparison)];
    return { text: soundWords(comparison), style };
  }
  const isRefused = refusals.some(({ blockFrames }) => blockFrames === size);
  return isRefused ? { text: "can't run", style: "bad" } : { text: "" };
}

export function variantStageTable(run: Run, paint: Paint): string[] {
  const { columns, rows } = variantStageCells(run);
  return table(columns, rows, paint);
}

/** One line a stage, one column a variant. */
export function variantStageCells({ variants }: Run): TableText {
  const columns: Column[] = [
    { title: "stage", align: "left" },
    ...variants.map((variant): Column => ({ title: nameOf(variant), align: "right" })),
  ];
  const rows = (variants[0]?.stages ?? []).map(({ name }, index): Cell[] => [
    { text: harmless(name) },
    ...variants.map(({ stages }) => ({ text: formatDuration(stages[index]?.selfMs ?? 0) })),
  ]);
  return { columns, rows };
}

/**
 * A line for each variant: levels and correlation at the block size at which it is least like the one as written, and where
 * its response is farthest from that one's; then a line for each block size that it can't run in.
 */
export function variantSoundLines({ variants }: Run): string[] {
  return variants.flatMap((variant) => {
    const name = nameOf(variant);
    const refusals = variant.refusals.map((refusal) => `${name} ${harmless(refusalWords(refusal))}`);
    const [first, ...others] = variant.sound.toSorted((a, b) => likeness(a) - likeness(b));
    if (!first) return refusals;
    const words = levelWords(first);
    const size = others.every((each) => levelWords(each) === words) ? "" : sizeWords(first.blockFrames);
    return [`${name}: ${words}${size}${responseWords(variant)}`, ...refusals];
  });
}

/** Of silence there is no correlation. */
const likeness = ({ correlation }: SoundComparison): number => correlation ?? -Infinity;

function levelWords({ level: { rmsDb, peakDb, crestDb }, correlation }: SoundComparison): string {
  const levels =
    rmsDb === null || peakDb === null || crestDb === null
      ? "silent"
      : `RMS ${formatDbfs(rmsDb)}, peak ${formatDbfs(peakDb)}, crest factor ${formatDecibels(crestDb)}`;
  return correlation === null ? levels : `${levels}, correlation ${correlation.toFixed(6)}`;
}

const sizeWords = (blockFrames: number): string => ` in blocks of ${formatCount(blockFrames)}`;

function responseWords(variant: VariantFigures): string {
  const response = farthestResponse(variant);
  if (!response) return "";
  const { farthest } = response;
  const words = isFlat(response)
    ? withinWords(Math.abs(farthest.differenceDb))
    : `up to ${bandWords(farthest)}, at ${formatFrequency(farthest.frequency)},${sizeWords(response.blockFrames)}`;
  return `, frequency response ${words}`;
}

/** What each variant emitted, beside what the one as written did. */
export function variantResultLines({ variants }: Run): string[] {
  return variants.slice(1).map((variant) => `${nameOf(variant)}: ${harmless(resultsWords(variant.results))}`);
}
