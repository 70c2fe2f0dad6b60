import { parseArgs } from "node:util";
import { EXPORT_OPTIONS, exportArguments, type ExportCommand } from "./commands/exportArguments.ts";
import { IMPORT_OPTIONS, importArguments, type ImportCommand } from "./commands/importArguments.ts";
import { PROFILE_OPTIONS, profileArguments, type ProfileCommand } from "./commands/profileArguments.ts";
import { REPORT_OPTIONS, reportArguments, type ReportCommand } from "./commands/reportArguments.ts";

export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "profile"; readonly profile: ProfileCommand }
  | { readonly kind: "report"; readonly report: ReportCommand }
  | { readonly kind: "export"; readonly export: ExportCommand }
  | { readonly kind: "import"; readonly import: ImportCommand };

/** By the word that a person types; each reads the arguments that are left. */
const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Command>> = {
  profile: (args) => ({ kind: "profile", profile: profileArguments(args) }),
  report: (args) => ({ kind: "report", report: reportArguments(args) }),
  export: (args) => ({ kind: "export", export: exportArguments(args) }),
  import: (args) => ({ kind: "import", import: importArguments(args) }),
};

/** Of all commands: which word is the command's is known only when it is known which options have a value. */
const OPTIONS = {
  ...PROFILE_OPTIONS,
  ...REPORT_OPTIONS,
  ...EXPORT_OPTIONS,
  ...IMPORT_OPTIONS,
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const;

/** @throws Error with a sentence for what can't be understood. */
export function parseCommand(args: readonly string[]): Command {
  const { values, tokens } = parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: false,
    tokens: true,
    options: OPTIONS,
  });
  if (values.help === true) return { kind: "help" };
  if (values.version === true) return { kind: "version" };
  const command = tokens.find((token) => token.kind === "positional");
  if (!command) return { kind: "help" };
  const parse = Object.hasOwn(COMMANDS, command.value) ? COMMANDS[command.value] : undefined;
  if (!parse) {
    const known = Object.keys(COMMANDS).map((name) => `"${name}"`);
    throw new Error(
      `There is no command "${command.value}": waveflame knows ${known.slice(0, -1).join(", ")} and ${known.at(-1) ?? ""}.`,
    );
  }
  return understood(() => parse(args.filter((_, index) => index !== command.index)));
}

function understood(parse: () => Command): Command {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    // Node's first sentence names the option; what follows is about positional arguments.
    const [sentence = ""] = error.message.split(/\. |\n/);
    throw new Error(`${sentence.replace(/\.$/, "")}: see waveflame --help.`, { cause: error });
  }
}
