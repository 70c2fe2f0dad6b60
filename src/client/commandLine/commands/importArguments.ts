import { parseArgs } from "node:util";

/** What a person asked for; paths as they typed them. */
export interface ImportCommand {
  readonly file: string;
  /** `-` is standard output. */
  readonly json: string | null;
  readonly quiet: boolean;
}

export const IMPORT_OPTIONS = {
  json: { type: "string" },
  quiet: { type: "boolean" },
} as const;

/** @throws Error with a sentence for what can't be understood. */
export function importArguments(args: readonly string[]): ImportCommand {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: IMPORT_OPTIONS,
  });
  const [file, ...others] = positionals;
  if (file === undefined) throw new Error("No profile is named: waveflame import FILE");
  if (others.length > 0) throw new Error(`One profile is opened at a time: leave out ${others.join(", ")}.`);
  return { file, json: values.json ?? null, quiet: values.quiet ?? false };
}
