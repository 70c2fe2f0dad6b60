import { formatCount, formatDuration, formatLoad, formatShare, formatSpeed } from "../../format.ts";
import type { HotLine } from "../../lines/hotLines.ts";
import { lineCounts } from "../../lines/lineCounts.ts";
import { formatCost } from "../../run/cost.ts";
import type { Run, StageFigures } from "../../run/run.ts";
import { stageTitle } from "../../run/stageTitle.ts";
import type { Share } from "../../units.ts";
import { harmless, type Cell, type Column } from "../terminalText.ts";
import { heat } from "./heat.ts";
import { fileWords } from "./runWords.ts";

/** Titles and cells, for whoever draws them. */
export interface TableText {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

const STAGE_COLUMNS: readonly Column[] = [
  { title: "stage", align: "left" },
  { title: "share", align: "right" },
  { title: "time", align: "right" },
  { title: "load", align: "right" },
  { title: "speed", align: "right" },
  { title: "calls", align: "right" },
  { title: "p50", align: "right" },
  { title: "p99", align: "right" },
  { title: "max", align: "right" },
];

export const stageTable = (stages: readonly StageFigures[]): TableText => ({
  columns: STAGE_COLUMNS,
  rows: stages.map((stage) => [
    { text: harmless(stageTitle(stage)) },
    { text: formatShare(stage.share), style: heat(stage.share) },
    { text: formatDuration(stage.selfMs) },
    { text: formatLoad(stage.load) },
    { text: stage.selfMs > 0 ? formatSpeed(stage.speed) : "" },
    { text: formatCount(stage.calls) },
    { text: formatDuration(stage.block.p50) },
    { text: formatDuration(stage.block.p99) },
    { text: formatDuration(stage.block.max) },
  ]),
});

export const CODE_TITLE = "code";
const LINE_COLUMNS: readonly Column[] = [
  { title: "share", align: "right" },
  { title: "±", align: "left" },
  { title: "time", align: "right" },
  { title: "load", align: "right" },
  { title: "line", align: "left" },
  { title: CODE_TITLE, align: "left", isCode: true },
];
const LEAST_ERROR: Share = 1e-6;

/** Of the loop that a line begins or is in, before the line. */
const LOOP_COLUMN: Column = { title: "iteration", align: "right" };
const LOOP_AT = 4;

/** What another tool measured has no load, and it may be exact. */
const IMPORTED_COLUMNS: readonly Column[] = LINE_COLUMNS.filter(
  ({ title }) => title !== "±" && title !== "load",
).map((column) => (column.title === "time" ? { ...column, title: "self" } : column));

/** @param codeOf as much of a line's text as there is room for */
export function lineTable(run: Run, lines: readonly HotLine[], codeOf: (line: HotLine) => string): TableText {
  if (run.imported) return importedLineTable(run, lines, codeOf);
  const loops = lines.map((line) => loopTime(run, line));
  const rows = lines.map((line): Cell[] => [
    { text: formatShare(line.share), style: heat(line.share) },
    // No share is known exactly.
    { text: formatShare(Math.max(LEAST_ERROR, line.error)), style: "quiet" },
    { text: formatDuration(line.selfMs) },
    { text: formatLoad(line.load) },
    { text: `${fileWords(line.file, run)}:${line.line}` },
    { text: codeOf(line) },
  ]);
  if (loops.every((text) => text === "")) return { columns: LINE_COLUMNS, rows };
  return {
    columns: LINE_COLUMNS.toSpliced(LOOP_AT, 0, LOOP_COLUMN),
    rows: rows.map((cells, index) => cells.toSpliced(LOOP_AT, 0, { text: loops[index] ?? "" })),
  };
}

const importedLineTable: typeof lineTable = (run, lines, codeOf) => ({
  columns: IMPORTED_COLUMNS,
  rows: lines.map((line) => [
    { text: formatShare(line.share), style: heat(line.share) },
    { text: formatCost(run, line.selfMs) },
    { text: `${fileWords(line.file, run)}:${line.line}` },
    { text: codeOf(line) },
  ]),
});

/** Empty where it isn't known, or the line begins several loops. */
function loopTime(run: Run, { file, line, stages }: HotLine): string {
  const [loop, ...others] = lineCounts(run, file, line, stages)?.loops ?? [];
  const ns = others.length === 0 ? (loop?.nsPerIteration ?? null) : null;
  return ns === null ? "" : formatDuration(ns / 1e6);
}

/** The trimmed text of lines, by the text of their file; each is cut into lines once. */
export function codeReader(source: (file: string) => string | null): (line: HotLine) => string {
  const files = new Map<string, readonly string[]>();
  return ({ file, line }) => {
    const lines = files.get(file) ?? (source(file) ?? "").split(/\r\n|[\n\r\u2028\u2029]/);
    files.set(file, lines);
    return harmless((lines[line - 1] ?? "").trim());
  };
}
