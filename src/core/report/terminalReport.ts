import {
  formatChannels,
  formatCount,
  formatDuration,
  formatLoad,
  formatRate,
  formatSeconds,
  formatShare,
  formatSpeed,
  plural,
} from "../format.ts";
import { hotLines, type HotLine } from "../lines/hotLines.ts";
import { shortRunPath } from "../names/paths.ts";
import { formatCost } from "../run/cost.ts";
import { doubts } from "../run/doubts.ts";
import type { Finding, FindingPlace, Run, StageFigures } from "../run/run.ts";
import { stageTitle } from "../run/stageTitle.ts";
import { threadLoad } from "../run/threadLoad.ts";
import { speedOf, type Share } from "../units.ts";
import { importedHeadline, threadTable } from "./importedReport.ts";
import { resultLines } from "./resultsReport.ts";
import { heat } from "./heat.ts";
import {
  fit,
  harmless,
  painter,
  table,
  widthOf,
  type Cell,
  type Column,
  type Paint,
} from "./terminalText.ts";
import { variantResultLines, variantSoundLines, variantStageTable, variantTable } from "./variantsReport.ts";

export interface ReportOptions {
  readonly colour: boolean;
  /** Of the terminal; longer code is cut. */
  readonly columns: number;
  /** The text of a measured file, by its name in the run; null where it isn't known. */
  readonly source: (file: string) => string | null;
  /** What was given for this run, not what the stages say themselves. */
  readonly parameters: Run["pipeline"]["parameters"];
}

const HOTTEST = 10;
const LEAST_ERROR: Share = 1e-6;
const INDENT = "  ";

/** What a person reads after a run in a terminal: how fast, where the time went, and what to know about it. */
export function terminalReport(run: Run, options: ReportOptions): string {
  const paint = painter(options.colour);
  const first = doubts(run);
  const parts = [
    run.imported ? importedHeadline(run, run.imported, paint) : headline(run, options, first, paint),
    run.imported
      ? section("Threads", threadTable(run, paint), paint)
      : section("Stages", [...stageTable(run.stages, paint), paint("quiet", decodingWords(run))], paint),
    ...variantSections(run, paint),
    section("Hottest lines", lineTable(run, options, paint), paint),
    section(
      run.variants.length === 0 ? "Results" : "Results as written",
      resultLines(run, options.columns - INDENT.length, paint),
      paint,
    ),
    section(
      "Findings",
      run.findings
        .filter((finding) => !first.includes(finding))
        .map((finding) => findingLine(finding, run, paint)),
      paint,
    ),
    run.imported ? [] : [paint("quiet", measuredHow(run))],
  ];
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n"))
    .join("\n\n")}\n`;
}

/** Beside the stages, and outside their shares and loads. */
const decodingWords = ({ audio }: Run): string =>
  `Decoding (${harmless(audio.encoding)}) took ${formatDuration(audio.decodeMs)}, outside the stages.`;

function variantSections(run: Run, paint: Paint): string[][] {
  if (run.variants.length === 0) return [];
  return [
    section("Variants", variantTable(run, paint), paint),
    section("Stages by variant", variantStageTable(run, paint), paint),
    section("Sound", variantSoundLines(run), paint),
    section("Results", variantResultLines(run), paint),
  ];
}

function section(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : [paint("strong", title), ...lines.map((line) => INDENT + line)];
}

function headline(
  run: Run,
  { parameters }: ReportOptions,
  first: readonly Finding[],
  paint: Paint,
): string[] {
  const { audio, totals, pipeline, workers } = run;
  const about = [
    formatSeconds(audio.durationSeconds),
    formatChannels(audio.channels),
    formatRate(audio.sampleRate),
  ];
  const name = paint("strong", harmless(pipeline.name));
  const lines = [`${name} on ${harmless(audio.path)} ${paint("quiet", `(${about.join(", ")})`)}`];
  const given = Object.entries(parameters).map(([name, value]) => `${name}=${String(value)}`);
  if (given.length > 0) lines.push(`Parameters: ${harmless(given.join(", "))}`);
  lines.push(...first.map((finding) => findingLine(finding, run, paint)));
  const load = threadLoad(run);
  const speed = paint(load <= 1 ? "good" : "bad", `${formatSpeed(speedOf(load))} real time on one thread`);
  lines.push(`${speed} · ${formatLoad(load)} load · ${elapsedWords(run)}`);
  if (workers.asked !== null && workers.used < workers.asked)
    lines.push(paint("quiet", harmless(workers.reason)));
  if (totals.deadline) lines.push(deadlineLine(totals.deadline, pipeline.blockFrames, paint));
  if (run.state === "cancelled")
    lines.push(paint("bad", "Cancelled: the figures are of what was measured until then."));
  return lines;
}

function elapsedWords({ totals, workers }: Run): string {
  const elapsed = `${formatDuration(totals.wallMs)} elapsed`;
  return workers.used === 1
    ? `${formatDuration(totals.stagesMs)} of work, ${elapsed}`
    : `${formatSpeed(totals.speed)} on ${plural(workers.used, "worker")}, ${elapsed}`;
}

function deadlineLine(
  { budgetMs, block, blocks, overruns, peakLoad }: NonNullable<Run["totals"]["deadline"]>,
  blockFrames: number,
  paint: Paint,
): string {
  const late =
    overruns === 0
      ? `none of ${formatCount(blocks)} late`
      : paint("bad", `${formatCount(overruns)} of ${formatCount(blocks)} late`);
  return `Blocks of ${formatCount(blockFrames)} frames last ${formatDuration(budgetMs)}: median ${formatDuration(block.p50)}, longest ${formatDuration(block.max)} (${formatLoad(peakLoad)} peak load), ${late}`;
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

function stageTable(stages: readonly StageFigures[], paint: Paint): string[] {
  const rows = stages.map((stage): Cell[] => [
    { text: harmless(stageTitle(stage)) },
    { text: formatShare(stage.share), style: heat(stage.share) },
    { text: formatDuration(stage.selfMs) },
    { text: formatLoad(stage.load) },
    { text: stage.selfMs > 0 ? formatSpeed(stage.speed) : "" },
    { text: formatCount(stage.calls) },
    { text: formatDuration(stage.block.p50) },
    { text: formatDuration(stage.block.p99) },
    { text: formatDuration(stage.block.max) },
  ]);
  return table(STAGE_COLUMNS, rows, paint);
}

const CODE_TITLE = "code";
const LINE_COLUMNS: readonly Column[] = [
  { title: "share", align: "right" },
  { title: "±", align: "left" },
  { title: "time", align: "right" },
  { title: "load", align: "right" },
  { title: "line", align: "left" },
  { title: CODE_TITLE, align: "left" },
];
const LEAST_CODE_COLUMNS = 24;

/** What another tool measured has no load, and it may be exact. */
function lineColumns({ imported }: Run): Column[] {
  return LINE_COLUMNS.filter(({ title }) => !imported || (title !== "load" && title !== "±")).map((column) =>
    imported && column.title === "time" ? { ...column, title: "self" } : column,
  );
}

function lineTable(run: Run, options: ReportOptions, paint: Paint): string[] {
  const hottest = hotLines(run, 0).slice(0, HOTTEST);
  if (hottest.length === 0) return [];
  const codeOf = codeReader(options.source);
  const columns = lineColumns(run);
  const withoutCode = table(
    columns,
    hottest.map((line) => lineCells(line, run, "")),
    painter(false),
  );
  // The head is the widest line here: only it has something in the last column.
  const used = INDENT.length + Math.max(...withoutCode.map(widthOf));
  const room = Math.max(LEAST_CODE_COLUMNS, options.columns - used + CODE_TITLE.length);
  return table(
    columns,
    hottest.map((line) => lineCells(line, run, fit(codeOf(line), room))),
    paint,
  );
}

function lineCells(line: HotLine, run: Run, code: string): Cell[] {
  // No share that was sampled here is known exactly.
  const error: Cell = { text: formatShare(Math.max(LEAST_ERROR, line.error)), style: "quiet" };
  return [
    { text: formatShare(line.share), style: heat(line.share) },
    ...(run.imported ? [] : [error]),
    { text: formatCost(run, line.selfMs) },
    ...(run.imported ? [] : [{ text: formatLoad(line.load) }]),
    { text: `${shown(line.file, run)}:${line.line}` },
    { text: code },
  ];
}

const shown = (file: string, { pipeline }: Run): string => harmless(shortRunPath(file, pipeline.file));

/** Each file is cut into lines once. */
function codeReader(source: ReportOptions["source"]): (line: HotLine) => string {
  const files = new Map<string, readonly string[]>();
  return ({ file, line }) => {
    const lines = files.get(file) ?? (source(file) ?? "").split(/\r\n|[\n\r\u2028\u2029]/);
    files.set(file, lines);
    return harmless((lines[line - 1] ?? "").trim());
  };
}

function findingLine({ severity, text, where }: Finding, run: Run, paint: Paint): string {
  const style = severity === "error" ? "bad" : severity === "warning" ? "warm" : "quiet";
  const place = where ? placeText(where, run) : "";
  return `${paint(style, severity)}: ${harmless(text)}${place === "" ? "" : ` ${paint("quiet", `(${place})`)}`}`;
}

function placeText({ stage, file, line }: FindingPlace, run: Run): string {
  if (file === undefined) return stage === undefined ? "" : `stage ${harmless(stage)}`;
  return line === undefined ? shown(file, run) : `${shown(file, run)}:${line}`;
}

const SOURCES: Readonly<Record<Run["runtime"]["source"], string>> = {
  path: "found on the PATH",
  editor: "the editor's own",
  setting: "named by a setting",
  "command line": "of the command line",
  checkout: "of the checkout of Waveflame",
};

function measuredHow({ runtime, machine, passes }: Run): string {
  const processor = machine.cpu === "unknown" ? machine.architecture : machine.cpu;
  const timed = passes.find(({ kind }) => kind === "timed");
  const cost = timed ? ` Measuring cost ${formatShare(timed.overhead.share)} of the stages' time.` : "";
  return `Measured by Node ${runtime.node} (${SOURCES[runtime.source]}) on ${harmless(processor)}, ${harmless(machine.platform)}.${cost}`;
}
