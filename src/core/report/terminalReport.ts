import type { Alert } from "../alerts/alerts.ts";
import { formatChannels, formatLoad, formatRate, formatSeconds, formatSpeed } from "../format.ts";
import { headroomWords } from "../deadlines/headroomWords.ts";
import { hotLines } from "../lines/hotLines.ts";
import { doubts } from "../run/doubts.ts";
import type { Finding, Run } from "../run/run.ts";
import { threadLoad } from "../run/threadLoad.ts";
import { speedOf } from "../units.ts";
import { besidesSections } from "./besidesReport.ts";
import { importedHeadline, threadLines } from "./importedReport.ts";
import {
  blockWords,
  decodingWords,
  elapsedWords,
  latenessWords,
  measuredHow,
  placeWords,
} from "./parts/runWords.ts";
import { codeReader, CODE_TITLE, lineTable, stageTable } from "./parts/tables.ts";
import { resultLines } from "./resultsReport.ts";
import { fit, harmless, painter, table, widthOf, type Paint } from "./terminalText.ts";
import { variantResultLines, variantSoundLines, variantStageTable, variantTable } from "./variantsReport.ts";

export interface ReportOptions {
  readonly colour: boolean;
  /** Of the terminal; longer code is cut. */
  readonly columns: number;
  /** The text of a measured file, by its name in the run; null where it isn't known. */
  readonly source: (file: string) => string | null;
  /** What was given for this run, not what the stages say themselves. */
  readonly parameters: Run["pipeline"]["parameters"];
  /** The limits that it broke. */
  readonly alerts: readonly Alert[];
}

const HOTTEST = 10;
const INDENT = "  ";

/** What a person reads after a run in a terminal: how fast, where the time went, and what to know about it. */
export function terminalReport(run: Run, options: ReportOptions): string {
  const paint = painter(options.colour);
  const first = doubts(run);
  const parts = [
    run.imported ? importedHeadline(run, run.imported, paint) : headline(run, options, first, paint),
    run.imported
      ? section("Threads", threadLines(run, paint), paint)
      : section("Stages", [...stageLines(run, paint), paint("quiet", decodingWords(run))], paint),
    ...variantSections(run, paint),
    section("Hottest lines", hottestLines(run, options, paint), paint),
    ...besidesSections(run, options.columns - INDENT.length, paint).map(({ title, lines }) =>
      section(title, lines, paint),
    ),
    section(
      run.variants.length === 0 ? "Results" : "Results as written",
      resultLines(run, options.columns - INDENT.length, paint),
      paint,
    ),
    section(
      "Findings",
      [...options.alerts, ...run.findings.filter((finding) => !first.includes(finding))].map((finding) =>
        findingLine(finding, run, paint),
      ),
      paint,
    ),
    run.imported ? [] : [paint("quiet", measuredHow(run))],
  ];
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n"))
    .join("\n\n")}\n`;
}

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
  const headroom = headroomWords(run);
  if (headroom !== null) lines.push(headroom);
  if (run.state === "cancelled")
    lines.push(paint("bad", "Cancelled: the figures are of what was measured until then."));
  return lines;
}

function deadlineLine(
  deadline: NonNullable<Run["totals"]["deadline"]>,
  blockFrames: number,
  paint: Paint,
): string {
  const late = latenessWords(deadline);
  return `${blockWords(deadline, blockFrames)}, ${deadline.overruns === 0 ? late : paint("bad", late)}`;
}

function stageLines({ stages }: Run, paint: Paint): string[] {
  const { columns, rows } = stageTable(stages);
  return table(columns, rows, paint);
}

const LEAST_CODE_COLUMNS = 24;

function hottestLines(run: Run, options: ReportOptions, paint: Paint): string[] {
  const hottest = hotLines(run, 0).slice(0, HOTTEST);
  if (hottest.length === 0) return [];
  const codeOf = codeReader(options.source);
  const withoutCode = lineTable(run, hottest, () => "");
  // The head is the widest line here: only it has something in the last column.
  const widths = table(withoutCode.columns, withoutCode.rows, painter(false)).map(widthOf);
  const used = INDENT.length + Math.max(...widths);
  const room = Math.max(LEAST_CODE_COLUMNS, options.columns - used + CODE_TITLE.length);
  const { columns, rows } = lineTable(run, hottest, (line) => fit(codeOf(line), room));
  return table(columns, rows, paint);
}

function findingLine(
  { severity, text, where }: Pick<Finding, "severity" | "text" | "where">,
  run: Run,
  paint: Paint,
): string {
  const style = severity === "error" ? "bad" : severity === "warning" ? "warm" : "quiet";
  const place = where ? placeWords(where, run) : "";
  return `${paint(style, severity)}: ${harmless(text)}${place === "" ? "" : ` ${paint("quiet", `(${place})`)}`}`;
}
