import { RUN_FORMAT, type Run } from "../run/run.ts";
import { runReport, type RunReportOptions } from "./document/runReport.ts";
import { HTML_BEGINNING, MARKDOWN_BEGINNING, REPORT_TITLE } from "./render/begin.ts";
import { html } from "./render/html.ts";
import { markdown } from "./render/markdown.ts";
import { plainText } from "./render/plainText.ts";

export const REPORT_FORMATS = ["html", "json", "txt", "md"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** What each begins with, by which an older report is known. */
export const REPORT_BEGINNINGS: Readonly<Record<ReportFormat, string>> = {
  html: HTML_BEGINNING,
  json: `{"format":"${RUN_FORMAT}"`,
  txt: REPORT_TITLE,
  md: MARKDOWN_BEGINNING,
};

/** A report's text; `json` is the run itself. */
export function reportText(run: Run, format: ReportFormat, options: RunReportOptions): string {
  if (format === "json") return runText(run);
  const render = { html, txt: plainText, md: markdown }[format];
  return render(runReport(run, options));
}

/** By its first field a run is known; older runs got others before it when they were read. */
function runText({ format, ...others }: Run): string {
  return `${JSON.stringify({ format, ...others })}\n`;
}
