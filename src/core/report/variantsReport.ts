import { formatBytes, formatCount, formatDuration, formatSpeed } from "../format.ts";
import type { Run } from "../run.ts";
import { formatDbfs, soundWords } from "../soundWords.ts";
import { verdictOf, type SoundComparison, type VariantFigures } from "../variants.ts";
import { harmless, table, type Cell, type Column, type Paint, type Style } from "./terminalText.ts";

const AS_WRITTEN = "as written";

export const variantName = ({ name }: VariantFigures): string => harmless(name ?? AS_WRITTEN);

/** One line a variant: what it costs, and whether it sounds like the one as written at each block size. */
export function variantTable({ variants }: Run, paint: Paint): string[] {
  const sizes = variants[0]?.sound.map(({ blockFrames }) => blockFrames) ?? [];
  const columns: Column[] = [
    { title: "variant", align: "left" },
    { title: "time", align: "right" },
    { title: "speed", align: "right" },
    { title: "memory", align: "right" },
    ...sizes.map((size): Column => ({ title: `sound in blocks of ${formatCount(size)}`, align: "left" })),
  ];
  const rows = variants.map((variant): Cell[] => [
    { text: variantName(variant) },
    { text: formatDuration(variant.stagesMs) },
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
    ...variants.map((variant): Column => ({ title: variantName(variant), align: "right" })),
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
    const farthest = first.response.reduce(
      (most, band) => (Math.abs(band.differenceDb) > Math.abs(most.differenceDb) ? band : most),
      { frequency: 0, differenceDb: 0 },
    );
    const { rmsDb, peakDb, crestDb } = first.level;
    const levels =
      rmsDb === null || peakDb === null || crestDb === null
        ? "silent"
        : `RMS ${formatDbfs(rmsDb)}, peak ${formatDbfs(peakDb)}, crest factor ${decibels(crestDb)}`;
    const correlation = first.correlation === null ? "" : `, correlation ${first.correlation.toFixed(6)}`;
    const response = `, frequency response within ${decibels(Math.abs(farthest.differenceDb))}`;
    return [`${variantName(variant)}: ${levels}${correlation}${response}`];
  });
}

const decibels = (level: number): string => `${level.toFixed(level < 0.1 ? 4 : 2)} dB`;
