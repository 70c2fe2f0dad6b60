import { parseArgs } from "node:util";
import { jsonOrText, splitAssignment } from "../../settings/folderSettings.ts";
import type { ParameterValues } from "../../settings/settings.ts";

/** What a person asked for; paths as they typed them. */
export interface ProfileCommand {
  readonly files: readonly string[];
  readonly pipeline: string | null;
  /** `-` is standard output. */
  readonly json: string | null;
  readonly runtime: string | null;
  readonly parameters: ParameterValues;
  /** KEY=VALUE for settings, from `--set` and the options that stand for one. */
  readonly overrides: readonly string[];
  /** All variants of the pipeline, one after the other. */
  readonly variants: boolean;
  /** The stage after which the heap is looked into; null: none. */
  readonly heapAfter: string | null;
  /** Ends with 1 where a run breaks a limit of the settings. */
  readonly check: boolean;
  readonly quiet: boolean;
}

export const PROFILE_OPTIONS = {
  pipeline: { type: "string" },
  json: { type: "string" },
  jobs: { type: "string" },
  workers: { type: "string" },
  set: { type: "string", multiple: true },
  stall: { type: "string" },
  parameter: { type: "string", multiple: true },
  runtime: { type: "string" },
  variants: { type: "boolean" },
  "heap-after": { type: "string" },
  check: { type: "boolean" },
  quiet: { type: "boolean" },
} as const;

/** Understood to be refused with advice. */
const OF_REPORTS = { format: { type: "string" }, output: { type: "string" } } as const;

/** @throws Error with a sentence for what can't be understood. */
export function profileArguments(args: readonly string[]): ProfileCommand {
  const { values, positionals: files } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...PROFILE_OPTIONS, ...OF_REPORTS },
  });
  const ofReports = (["format", "output"] as const).find((name) => values[name] !== undefined);
  if (ofReports !== undefined)
    throw new Error(
      `--${ofReports} is for waveflame report and export: after each run a report is written by --set reports.format=html.`,
    );
  if (files.length === 0) throw new Error("No recording is named: waveflame profile FILE…");
  return {
    files,
    pipeline: values.pipeline ?? null,
    json: values.json ?? null,
    runtime: values.runtime ?? null,
    parameters: Object.fromEntries((values.parameter ?? []).map(parseParameter)),
    overrides: [
      ...(values.set ?? []),
      ...(values.jobs === undefined ? [] : [`jobs=${values.jobs}`]),
      ...(values.workers === undefined ? [] : [`workers=${values.workers}`]),
      ...(values.stall === undefined ? [] : [`stallSeconds=${values.stall}`]),
    ],
    variants: values.variants ?? false,
    heapAfter: values["heap-after"] ?? null,
    check: values.check ?? false,
    quiet: values.quiet ?? false,
  };
}

function parseParameter(text: string): [string, number | boolean | string] {
  const [name, value] = splitAssignment(text, "--parameter");
  const parsed = jsonOrText(value);
  return [name, typeof parsed === "number" || typeof parsed === "boolean" ? parsed : value];
}
