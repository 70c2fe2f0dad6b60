import { formatCount, formatSeconds } from "../../src/core/format.ts";
import type { Run } from "../../src/core/run/run.ts";
import { listed } from "../../src/core/variants/soundSummary.ts";
import {
  faultWords,
  formatDbfs,
  formatDecibels,
  keptBackWords,
  refusalWords,
} from "../../src/core/variants/soundWords.ts";
import {
  verdictAt,
  type SoundComparison,
  type SoundLevel,
  type SoundVerdict,
  type VariantFigures,
} from "../../src/core/variants/variants.ts";
import type { Frames } from "../../src/core/units.ts";
import { variantName } from "../../src/core/variants/variantWords.ts";
import { add, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { addVerdict } from "../parts/signs.ts";
import { addTable } from "../parts/stackingTable.ts";
import type { TableRow } from "../parts/stackingTable.ts";
import type { View } from "../view.ts";

const WORDS = ["Variant", "Blocks of", "Sound"].map((title) => ({ title }));
const FIGURES = ["Peak difference", "RMS difference", "Correlation", "RMS", "Peak", "Crest factor"].map(
  (title) => ({ title, isNumber: true }),
);
const NARROWEST_PX = 880;

/** Each variant at each block size, beside the pipeline as written at its own. */
export function drawSoundTable(host: Part, view: View): void {
  const { run } = view;
  const heard = run.variants.filter(({ sound }) => sound.length > 0);
  const reference = heard[0]?.sound[0];
  if (reference) drawTable(host, view, heard, reference);
  drawRefusals(host, run);
}

function drawTable(
  host: Part,
  view: View,
  heard: readonly VariantFigures[],
  reference: SoundComparison,
): void {
  const { run } = view;
  const section = addSection(host, "variant-sound", "Sound", besideWords(run, reference));
  const table = addTable(section, {
    className: "sound-table",
    label: "Sound of each variant, by block size",
    columns: [...WORDS, ...FIGURES],
    narrowestPx: NARROWEST_PX,
    until: view.until,
  });
  const alike = heard
    .filter(({ name }) => name === null)
    .flatMap(rowsOf)
    .filter(isReference);
  drawReference(table.addRow(), run, reference, alike);
  for (const variant of heard) {
    for (const row of rowsOf(variant)) {
      if (variant.name !== null || !isReference(row)) drawRow(table.addRow(), variant, row);
    }
  }
}

/** In sentences below: they are longer than a cell. */
function drawRefusals(host: Part, { variants }: Run): void {
  for (const variant of variants) {
    for (const refusal of variant.refusals) {
      const line = add(host, "p", "refusal");
      add(line, "b", "", variantName(variant));
      line.append("span").text(` ${refusalWords(refusal)}`);
    }
  }
}

/** Faults at block edges show at other block sizes than the pipeline's own. */
function besideWords({ audio }: Run, { comparedSeconds }: SoundComparison): string {
  const what = "beside the one as written in blocks of its own";
  return comparedSeconds < audio.durationSeconds - 0.5
    ? `${what}, the first ${formatSeconds(comparedSeconds)}`
    : what;
}

interface SoundRow {
  readonly sizes: readonly Frames[];
  readonly verdict: SoundVerdict;
  /** Of peaks and of RMS; the first in parts between which a line may break. */
  readonly peakDifference: readonly string[];
  readonly rmsDifference: string;
  readonly correlation: string;
  readonly levels: readonly string[];
  readonly referenceLevels: readonly string[];
}

/** Block sizes at which a variant reads the same are one row. */
function rowsOf({ sound }: VariantFigures): SoundRow[] {
  const rows = new Map<string, SoundRow>();
  for (const comparison of sound) {
    const row = rowOf(comparison);
    const key = JSON.stringify({ ...row, sizes: [] });
    const sizes = [...(rows.get(key)?.sizes ?? []), ...row.sizes];
    rows.set(key, { ...row, sizes });
  }
  return [...rows.values()];
}

function rowOf(comparison: SoundComparison): SoundRow {
  const { difference, correlation } = comparison;
  return {
    sizes: [comparison.blockFrames],
    verdict: verdictAt(comparison),
    peakDifference: differenceWords(comparison),
    rmsDifference: difference.rmsDb === null ? "none" : formatDbfs(difference.rmsDb),
    correlation: correlation === null ? "none: silence" : correlation.toFixed(6),
    levels: levelWords(comparison.level),
    referenceLevels: levelWords(comparison.referenceLevel),
  };
}

function differenceWords(comparison: SoundComparison): string[] {
  const { peakDb, at } = comparison.difference;
  const words = peakDb === null ? ["none"] : [formatDbfs(peakDb)];
  if (at !== null && verdictAt(comparison) === "differs") words.push(`at ${formatSeconds(at)}`);
  const others = [...faultWords(comparison).map((fault) => `and ${fault}`), ...keptBackWords(comparison)];
  // Long ones may break at every word.
  return [...words, ...others.flatMap((each) => each.split(" "))];
}

/** Of the one as written, where another block size changes nothing: the reference stands for it, too. */
const isReference = ({ verdict, peakDifference }: SoundRow): boolean =>
  verdict === "identical" && peakDifference.join() === "none";

function drawReference(
  row: TableRow,
  { pipeline }: Run,
  { referenceLevel }: SoundComparison,
  alike: readonly SoundRow[],
): void {
  const others = alike.flatMap(({ sizes }) => sizes).filter((size) => size !== pipeline.blockFrames);
  const sizes = [pipeline.blockFrames, ...others].sort((a, b) => a - b).map(formatCount);
  row.addHead("as written");
  row.addCell("", others.length === 0 ? `${sizes.join("")}, its own` : listed(sizes));
  row.addCell("quiet", "the reference");
  for (let empty = 0; empty < 3; empty++) row.addCell("empty");
  for (const words of levelWords(referenceLevel)) row.addCell("", words);
}

function drawRow(row: TableRow, variant: VariantFigures, sound: SoundRow): void {
  row.addHead(variantName(variant));
  row.addCell("", listed(sound.sizes.map(formatCount)));
  addVerdict(row.addCell(), sound.verdict);
  addParts(row.addCell(quietNone(sound.peakDifference.join(" "))), sound.peakDifference);
  row.addCell(quietNone(sound.rmsDifference), sound.rmsDifference);
  row.addCell("", sound.correlation);
  // Quiet where it reads like the reference's.
  sound.levels.forEach((words, index) => {
    row.addCell(words === sound.referenceLevels[index] ? "quiet" : "", words);
  });
}

const quietNone = (words: string): string => (words === "none" ? "quiet" : "");

function addParts(cell: Part, parts: readonly string[]): void {
  parts.forEach((part, index) => {
    if (index > 0) cell.append("span").text(" ");
    add(cell, "span", "fact", part);
  });
}

const levelWords = ({ rmsDb, peakDb, crestDb }: SoundLevel): string[] => [
  rmsDb === null ? "silent" : formatDbfs(rmsDb),
  peakDb === null ? "silent" : formatDbfs(peakDb),
  crestDb === null ? "none" : formatDecibels(crestDb),
];
