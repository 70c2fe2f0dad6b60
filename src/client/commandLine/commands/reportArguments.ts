import { extname } from "node:path";
import { parseArgs } from "node:util";
import { REPORT_FORMATS, type ReportFormat } from "../../../core/report/reportFormats.ts";

/** A report of a run that was saved; names as they were typed. */
export interface ReportCommand {
  /** A run's file, the beginning of an id, or `latest`. */
  readonly run: string;
  readonly format: ReportFormat;
  /** `-` is standard output. */
  readonly output: string;
  /** KEY=VALUE for settings. */
  readonly overrides: readonly string[];
}

export const REPORT_OPTIONS = {
  format: { type: "string" },
  output: { type: "string" },
  set: { type: "string", multiple: true },
} as const;

/** @throws Error with a sentence for what can't be understood. */
export function reportArguments(args: readonly string[]): ReportCommand {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: REPORT_OPTIONS,
  });
  const [run, other] = positionals;
  if (run === undefined)
    throw new Error(
      'No run is named: waveflame report RUN, with a file, the beginning of an id, or "latest".',
    );
  if (other !== undefined) throw new Error(`A report is of one run: ${run} or ${other}?`);
  const output = values.output ?? "-";
  return { run, format: formatOf(values.format, output), output, overrides: values.set ?? [] };
}

/** What the option says, else the file's ending; text where neither does. */
function formatOf(wanted: string | undefined, output: string): ReportFormat {
  const ending = extname(output).slice(1).toLowerCase();
  const format = REPORT_FORMATS.find((each) => each === (wanted ?? ending));
  if (format === undefined && wanted !== undefined)
    throw new Error(`There is no report in ${wanted}: --format takes ${REPORT_FORMATS.join(", ")}.`);
  return format ?? "txt";
}
