import { extname } from "node:path";
import { REPORT_FORMATS, type ReportFormat } from "../../core/report/reportFormats.ts";

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

export const REPORT_OPTIONS = { format: { type: "string" }, output: { type: "string" } } as const;

interface Values {
  readonly format?: string | undefined;
  readonly output?: string | undefined;
  readonly set?: readonly string[] | undefined;
}

const TAKEN: readonly string[] = ["format", "output", "set"];

/** @throws Error with a sentence for what can't be understood */
export function reportCommandOf(runs: readonly string[], values: Values): ReportCommand {
  const [run, other] = runs;
  if (run === undefined)
    throw new Error(
      'No run is named: waveflame report RUN, with a file, the beginning of an id, or "latest".',
    );
  if (other !== undefined) throw new Error(`A report is of one run: ${run} or ${other}?`);
  const foreign = Object.keys(values).find((name) => !TAKEN.includes(name));
  if (foreign !== undefined)
    throw new Error(`waveflame report doesn't take --${foreign}: see waveflame --help.`);
  const output = values.output ?? "-";
  return { run, format: formatOf(values.format, output), output, overrides: values.set ?? [] };
}

/** @throws Error with a sentence for options of `report` that were given to another command */
export function refuseReportOptions(values: Values): void {
  const given = (["format", "output"] as const).find((name) => values[name] !== undefined);
  if (given !== undefined)
    throw new Error(
      `--${given} is for waveflame report: after each run one is written by --set reports.format=html.`,
    );
}

/** What the option says, else the file's ending; text where neither does. */
function formatOf(wanted: string | undefined, output: string): ReportFormat {
  const ending = extname(output).slice(1).toLowerCase();
  const format = REPORT_FORMATS.find((each) => each === (wanted ?? ending));
  if (format === undefined && wanted !== undefined)
    throw new Error(`There is no report in ${wanted}: --format takes ${REPORT_FORMATS.join(", ")}.`);
  return format ?? "txt";
}
