import { parseArgs } from "node:util";
import { jsonOrText, splitAssignment } from "../settings/folderSettings.ts";
import type { ParameterValues } from "../settings/settings.ts";
import {
  refuseReportOptions,
  REPORT_OPTIONS,
  reportCommandOf,
  type ReportCommand,
} from "./reportArguments.ts";

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
  /** Ends with 1 where a run breaks a limit of the settings. */
  readonly check: boolean;
  readonly quiet: boolean;
}

export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "profile"; readonly profile: ProfileCommand }
  | { readonly kind: "report"; readonly report: ReportCommand };

/** @throws Error with a sentence for what can't be understood. */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help) return { kind: "help" };
  if (values.version) return { kind: "version" };
  const [command, ...files] = positionals;
  if (command === undefined) return { kind: "help" };
  if (command === "report") return { kind: "report", report: reportCommandOf(files, values) };
  if (command !== "profile")
    throw new Error(`There is no command "${command}": waveflame knows "profile" and "report".`);
  refuseReportOptions(values);
  if (files.length === 0) throw new Error("No recording is named: waveflame profile FILE…");
  return {
    kind: "profile",
    profile: {
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
      check: values.check ?? false,
      quiet: values.quiet ?? false,
    },
  };
}

function parse(args: readonly string[]): ReturnType<typeof parseStrictly> {
  try {
    return parseStrictly(args);
  } catch (error) {
    // Node's first sentence names the option; what follows is about positional arguments.
    const [sentence = ""] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw new Error(`${sentence.replace(/\.$/, "")}: see waveflame --help.`, { cause: error });
  }
}

function parseStrictly(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      pipeline: { type: "string" },
      json: { type: "string" },
      jobs: { type: "string" },
      workers: { type: "string" },
      set: { type: "string", multiple: true },
      stall: { type: "string" },
      parameter: { type: "string", multiple: true },
      runtime: { type: "string" },
      variants: { type: "boolean" },
      check: { type: "boolean" },
      ...REPORT_OPTIONS,
      quiet: { type: "boolean" },
      help: { type: "boolean", short: "h" },
      version: { type: "boolean" },
    },
  });
}

function parseParameter(text: string): [string, number | boolean | string] {
  const [name, value] = splitAssignment(text, "--parameter");
  const parsed = jsonOrText(value);
  return [name, typeof parsed === "number" || typeof parsed === "boolean" ? parsed : value];
}
