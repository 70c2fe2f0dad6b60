import { formatLoad, formatSpeed } from "../../format.ts";
import { hotLines } from "../../lines/hotLines.ts";
import type { Run } from "../../run/run.ts";
import { threadLoad } from "../../run/threadLoad.ts";
import { speedOf } from "../../units.ts";
import { blockWords, decodingWords, elapsedWords, latenessWords } from "../parts/runWords.ts";
import { codeReader, lineTable, stageTable } from "../parts/tables.ts";
import { chanceWords, variantCells, variantSoundLines, variantStageCells } from "../variantsReport.ts";
import { section, type ReportSection } from "./report.ts";

const HOTTEST = 20;

/** How fast it is, whether blocks are in time, and where the time goes. */
export function timeSections(run: Run, source: (file: string) => string | null): ReportSection[] {
  const isOurs = run.imported === null;
  const hottest = hotLines(run, 0).slice(0, HOTTEST);
  return [
    ...(isOurs ? section("Verdict", { notes: verdictNotes(run) }) : []),
    ...section("Stages", { notes: isOurs ? [decodingWords(run)] : [], table: stageTable(run.stages) }),
    ...variantSections(run),
    ...section("Hottest lines", { table: lineTable(run, hottest, codeReader(source)) }),
  ];
}

function verdictNotes(run: Run): string[] {
  const { totals, pipeline } = run;
  const load = threadLoad(run);
  const speed = `${formatSpeed(speedOf(load))} real time on one thread, ${formatLoad(load)} load: ${elapsedWords(run)}.`;
  const { deadline } = totals;
  if (!deadline) return [speed];
  return [speed, `${blockWords(deadline, pipeline.blockFrames)}, ${latenessWords(deadline)}.`];
}

function variantSections(run: Run): ReportSection[] {
  if (run.variants.length === 0) return [];
  return [
    ...section("Variants", { notes: chanceWords(run), table: variantCells(run) }),
    ...section("Stages by variant", { table: variantStageCells(run) }),
    ...section("Sound of the variants", { notes: variantSoundLines(run) }),
  ];
}
