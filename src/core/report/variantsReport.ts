import { formatBytes, formatCount, formatDuration, formatSpeed } from "../format.ts";
import { bandWords, farthestResponse, formatFrequency, isFlat, withinWords } from "../frequencyResponse.ts";
import type { Run } from "../run.ts";
import { formatDbfs, formatDecibels, soundWords } from "../soundWords.ts";
import { verdictOf, type SoundComparison, type VariantFigures } from "../variants.ts";
import { paceWords, resultsWords, variantName } from "../variantWords.ts";
import { harmless, table, type Cell, type Column, type Paint, type Style } from "./terminalText.ts";

const nameOf = (variant: VariantFigures): string => harmless(variantName(variant));

/** One line a variant: what it costs, and whether it sounds like the one as written at each block size. */
export function variantTable({ variants }: Run, paint: Paint): string[] {
  const [written] = variants;
  const sizes = written?.sound.map(({ blockFrames }) => blockFrames) ?? [];
  const columns: Column[] = [
    { title: "variant", align: "left" },
    { title: "time", align: "right" },
    { title: "one run each", align: "left" },
    { title: "speed", align: "right" },
    { title: "memory", align: "right" },
    ...sizes.map((size): Column => ({ title: `sound in blocks of ${formatCount(size)}`, align: "left" })),
  ];
  const rows = variants.map((variant): Cell[] => [
    { text: nameOf(variant) },
    { text: formatDuration(variant.stagesMs) },
    { text: variant === written ? "" : paceWords(variant.stagesMs, written?.stagesMs ?? 0) },
    { text: formatSpeed(variant.speed) },
    { text: formatBytes(variant.peakMemoryMB * 2 ** 20) },
    ...variant.sound.map((comparison) => soundCell(comparison)),
  ]);
  return table(columns, rows, paint);
}

const STYLES = { identical: "good", same: "good", differs: "bad" } as const;

function soundCell(comparison: SoundComparison): Cell {
  const style: Style = STYLES[verdictOf([comparison]) ?? "differs"];
  return { text: soundWords(comparison), style };
}

/** One line a stage, one column a variant. */
export function variantStageTable({ variants }: Run, paint: Paint): string[] {
  const columns: Column[] = [
    { title: "stage", align: "left" },
    ...variants.map((variant): Column => ({ title: nameOf(variant), align: "right" })),
  ];
  const rows = (variants[0]?.stages ?? []).map(({ name }, index): Cell[] => [
    { text: harmless(name) },
    ...variants.map(({ stages }) => ({ text: formatDuration(stages[index]?.selfMs ?? 0) })),
  ]);
  return table(columns, rows, paint);
}

/** A line for each variant: levels, correlation, and where its response is farthest from that of the one as written. */
export function variantSoundLines({ variants }: Run): string[] {
  return variants.flatMap((variant) => {
    const [first] = variant.sound;
    if (!first) return [];
    const { rmsDb, peakDb, crestDb } = first.level;
    const levels =
      rmsDb === null || peakDb === null || crestDb === null
        ? "silent"
        : `RMS ${formatDbfs(rmsDb)}, peak ${formatDbfs(peakDb)}, crest factor ${formatDecibels(crestDb)}`;
    const correlation = first.correlation === null ? "" : `, correlation ${first.correlation.toFixed(6)}`;
    return [`${nameOf(variant)}: ${levels}${correlation}${responseWords(variant)}`];
  });
}

function responseWords(variant: VariantFigures): string {
  const response = farthestResponse(variant);
  if (!response) return "";
  const { farthest } = response;
  const words = isFlat(response)
    ? withinWords(Math.abs(farthest.differenceDb))
    : `up to ${bandWords(farthest)}, at ${formatFrequency(farthest.frequency)}`;
  return `, frequency response ${words}`;
}

/** What each variant emitted, beside what the one as written did. */
export function variantResultLines({ variants }: Run): string[] {
  return variants.slice(1).map((variant) => `${nameOf(variant)}: ${harmless(resultsWords(variant.results))}`);
}
