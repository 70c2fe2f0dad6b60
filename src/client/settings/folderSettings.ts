import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, printParseErrorCode, type ParseError } from "jsonc-parser";
import { nearestName, spellingAdvice } from "../../core/names/nearestName.ts";
import { problemOf, readSettings, SETTING_KEYS, type ReadSettings, type SettingKey } from "./settings.ts";

const PREFIX = "waveflame.";

/**
 * What a folder's `.vscode/settings.json` sets, as the editor would read it.
 * @param overrides `KEY=VALUE`, with or without `waveflame.` in front; the value as in JSON, or plain text.
 * @throws Error with a sentence for an override that isn't one.
 */
export async function settingsOfFolder(folder: string, overrides: readonly string[]): Promise<ReadSettings> {
  const file = join(folder, ".vscode", "settings.json");
  const { values, problems } = await valuesOf(file);
  const unknown = [...values.keys()].filter(isUnknown).map((name) => unknownSetting(name, file));
  for (const override of overrides) {
    const [key, value] = parseOverride(override);
    values.set(PREFIX + key, value);
  }
  const read = readSettings((key) => values.get(PREFIX + key));
  return { settings: read.settings, problems: [...problems, ...unknown, ...read.problems] };
}

const isUnknown = (name: string): boolean =>
  name.startsWith(PREFIX) && SETTING_KEYS.every((key) => name !== PREFIX + key);

function unknownSetting(name: string, file: string): string {
  const advice = spellingAdvice(name.slice(PREFIX.length), SETTING_KEYS);
  return `There is no setting ${name}, so what ${file} says of it changed nothing. ${advice}`;
}

interface FileValues {
  readonly values: Map<string, unknown>;
  readonly problems: readonly string[];
}

async function valuesOf(file: string): Promise<FileValues> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const missing =
      error instanceof Error && "code" in error && ["ENOENT", "ENOTDIR"].includes(String(error.code));
    return { values: new Map(), problems: missing ? [] : [`${file} couldn't be read, so it was left out.`] };
  }
  const errors: ParseError[] = [];
  const parsed: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  const problems = first
    ? [
        `${file} isn't complete (${printParseErrorCode(first.error)} at line ${lineAt(text, first.offset)}), so part of it was left out.`,
      ]
    : [];
  const isObject = typeof parsed === "object" && parsed !== null;
  return { values: new Map(isObject ? Object.entries(parsed) : []), problems };
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;

function parseOverride(override: string): [SettingKey, unknown] {
  const [name, text] = splitAssignment(override, "--set");
  const bare = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
  const key = SETTING_KEYS.find((known) => known === bare);
  if (!key) {
    const meant = nearestName(name, SETTING_KEYS);
    const advice = meant === null ? `--set takes ${SETTING_KEYS.join(", ")}.` : `did you mean "${meant}"?`;
    throw new Error(`There is no setting "${name}": ${advice}`);
  }
  const value = jsonOrText(text);
  const problem = problemOf(key, value);
  if (problem !== null) throw new Error(problem);
  return [key, value];
}

/** @throws Error with a sentence where there is no `=` with a name before it. */
export function splitAssignment(text: string, option: string): [string, string] {
  const at = text.indexOf("=");
  if (at < 1) throw new Error(`${option} needs NAME=VALUE, and "${text}" isn't that.`);
  return [text.slice(0, at).trim(), text.slice(at + 1)];
}

export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
