import { formatLoad, formatSpeed } from "../../format.ts";
import { hotLines } from "../../lines/hotLines.ts";
import type { Run } from "../../run/run.ts";
import { threadLoad } from "../../run/threadLoad.ts";
import { speedOf } from "../../units.ts";
import { importedVerdict, otherThreads, threadTable } from "../parts/importedParts.ts";
import { blockWords, decodingWords, elapsedWords, latenessWords } from "../parts/runWords.ts";
import { codeReader, lineTable, stageTable } from "../parts/tables.ts";
import { chanceWords, variantCells, variantSoundLines, variantStageCells } from "../variantsReport.ts";
import { section, type ReportSection } from "./report.ts";

const HOTTEST = 20;

/** How fast it is, whether blocks are in time, and where the time goes. */
export function timeSections(run: Run, source: (file: string) => string | null): ReportSection[] {
  const hottest = hotLines(run, 0).slice(0, HOTTEST);
  return [
    ...(run.imported ? threadSection(run, run.imported) : stageSections(run)),
    ...section("Hottest lines", { table: lineTable(run, hottest, codeReader(source)) }),
  ];
}

const stageSections = (run: Run): ReportSection[] => [
  ...section("Verdict", { notes: verdictNotes(run) }),
  ...section("Stages", { notes: [decodingWords(run)], table: stageTable(run.stages) }),
  ...variantSections(run),
];

/** Another tool's profile knows neither speed nor blocks. */
const threadSection = (run: Run, imported: NonNullable<Run["imported"]>): ReportSection[] =>
  section("Threads", {
    notes: [importedVerdict(run, imported), ...otherThreads(run)],
    table: threadTable(run),
  });

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
