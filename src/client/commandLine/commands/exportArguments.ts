import { parseArgs } from "node:util";
import {
  EXPORT_FORMATS,
  EXPORT_FORMAT_NAMES,
  type ExportFormatName,
} from "../../../core/exchange/export/exportRun.ts";

/** What a person asked for; paths as they typed them. */
export interface ExportCommand {
  /** A run's file, its id or the beginning of one, or `latest`. */
  readonly run: string;
  readonly format: ExportFormatName;
  /** `-` is standard output; null: a name of its own in the folder. */
  readonly output: string | null;
}

export const EXPORT_OPTIONS = {
  format: { type: "string" },
  output: { type: "string" },
} as const;

/** @throws Error with a sentence for what can't be understood. */
export function exportArguments(args: readonly string[]): ExportCommand {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: EXPORT_OPTIONS,
  });
  const [run, ...others] = positionals;
  if (run === undefined)
    throw new Error("No run is named: waveflame export RUN, as waveflame export latest.");
  if (others.length > 0) throw new Error(`One run is exported at a time: leave out ${others.join(", ")}.`);
  const output = values.output ?? null;
  return { run, format: formatOf(values.format, output), output };
}

function formatOf(named: string | undefined, output: string | null): ExportFormatName {
  const format =
    named === undefined
      ? EXPORT_FORMAT_NAMES.find((name) => output?.endsWith(`.${EXPORT_FORMATS[name].ending}`) === true)
      : EXPORT_FORMAT_NAMES.find((name) => name === named);
  if (format) return format;
  const known = EXPORT_FORMAT_NAMES.join(", ");
  throw new Error(
    named === undefined
      ? `No format is named: add --format with one of ${known}.`
      : `There is no format "${named}": name one of ${known}.`,
  );
}
