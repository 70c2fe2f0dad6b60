import {
  besideFile,
  checkWritable,
  isSameFile,
  makeFolderFor,
  mayReplace,
  ParameterError,
  pathFrom,
  textMark,
  WriteError,
  writeTextFile,
  type FileMark,
  type Recording,
  type StageContext,
} from "waveflame";
import { wrong } from "./parameters.ts";

/** What says where a file goes. */
type Place = Pick<StageContext, "file" | "outputFile" | "parameters">;

/** How the next run of a recording knows a file of ours. @param recording counted from the file's folder */
export type Mark = (recording: string) => FileMark;

/** A file that a parameter asks for. */
export interface Target {
  /** Counted from the recording's folder. */
  readonly name: string;
  /** Where it is written. */
  readonly path: string;
  /** The recording's path, counted from the file's folder. */
  readonly recording: string;
  /** What files have that it may replace. */
  readonly own: FileMark;
}

/**
 * Before the recording is run through.
 * @param marks of what each parameter asks for
 * @throws ParameterError where a file that is asked for is none, can't be written, is asked for twice, or is somebody else's
 */
export async function checkTargets(
  { file, parameters }: Recording,
  marks: Readonly<Record<string, Mark>>,
): Promise<void> {
  const askedFor = new Map<string, string>();
  for (const [parameter, mark] of Object.entries(marks)) {
    const name = nameOf(parameter, { file, parameters });
    if (name === "") continue;
    const path = besideFile(file, name);
    const other = askedFor.get(path);
    if (other !== undefined)
      throw new ParameterError(`${parameter} is "${name}", which ${other} is, too: choose another name`);
    askedFor.set(path, parameter);
    if (await isSameFile(path, file))
      throw new ParameterError(`${parameter} is "${name}", the recording itself: choose another name`);
    await checkPlace(parameter, name, path, mark(pathFrom(path, file)));
  }
}

/** @throws ParameterError where nothing can be written there, or a file of that name holds what nobody asked to be replaced */
async function checkPlace(parameter: string, name: string, path: string, own: FileMark): Promise<void> {
  try {
    await checkWritable(path);
    if (await mayReplace(path, own)) return;
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    throw new ParameterError(`${parameter} is "${name}": ${error.message}`);
  }
  throw new ParameterError(
    `${parameter} is "${name}", a file that doesn't say that it was written for this recording: choose another name, such as one with {file} in it, or remove that file`,
  );
}

/** What a parameter asks for, in a folder that is there by then; null where it is empty. @throws ParameterError, WriteError */
export async function targetOf(parameter: string, place: Place, mark: Mark): Promise<Target | null> {
  const name = nameOf(parameter, place);
  if (name === "") return null;
  const path = place.outputFile(name);
  await makeFolderFor(path);
  const recording = pathFrom(path, place.file);
  return { name, path, recording, own: mark(recording) };
}

/** With the recording's name for `{name}`, and with its ending for `{file}`. */
function nameOf(parameter: string, { file, parameters }: Pick<Place, "file" | "parameters">): string {
  const wanted = parameters[parameter];
  if (typeof wanted !== "string") throw wrong(parameters, parameter, "the name of a file");
  const [unknown] = /\{(?!(?:name|file)\})\w*\}/.exec(wanted) ?? [];
  if (unknown !== undefined)
    throw new ParameterError(`${parameter} is "${wanted}": ${unknown} isn't known, {name} and {file} are`);
  if (wanted.startsWith("~/"))
    throw new ParameterError(`${parameter} is "${wanted}": "~" isn't read here, give the whole path`);
  const whole = file.replace(/^.*[\\/]/, "");
  return wanted.replaceAll("{file}", whole).replaceAll("{name}", whole.replace(/\.[^.]*$/, ""));
}

const headOf = (columns: readonly string[]): string => ["recording", ...columns].join(",");

/** How a table of these columns is known. */
export const tableMark =
  (columns: readonly string[]): Mark =>
  (recording) =>
    textMark(`${headOf(columns)}\n${textCell(recording)},`);

/**
 * Writes rows of numbers as CSV where a parameter says so, each behind its recording's name; that stands alone where there
 * are none.
 * @returns the file's name; null where none is asked for
 */
export async function writeTable(
  parameter: string,
  place: Place,
  columns: readonly string[],
  rows: readonly (readonly (number | null)[])[],
): Promise<string | null> {
  const target = await targetOf(parameter, place, tableMark(columns));
  if (target === null) return null;
  const cells = rows.length > 0 ? rows : [columns.map(() => null)];
  const lines = cells.map((row) => [textCell(target.recording), ...row].join(","));
  return writeText(target, [headOf(columns), ...lines].join("\n"));
}

/** How figures of a pipeline are known. */
export const figuresMark =
  (pipeline: string): Mark =>
  (recording) =>
    textMark(`${JSON.stringify({ pipeline, recording }, null, 2).replace(/\s*\}$/, "")},`);

/** Writes figures as JSON where a parameter says so, below the pipeline's and the recording's names. @returns the file's name; null where none is asked for */
export async function writeFigures(
  parameter: string,
  place: Place,
  pipeline: string,
  figures: object,
): Promise<string | null> {
  const target = await targetOf(parameter, place, figuresMark(pipeline));
  if (target === null) return null;
  const { recording } = target;
  return writeText(target, JSON.stringify({ pipeline, recording, ...figures }, typedArraysAsLists, 2));
}

async function writeText({ name, path, own }: Target, text: string): Promise<string> {
  await writeTextFile(path, `${text}\n`, own);
  return name;
}

const textCell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

const typedArraysAsLists = (_key: string, value: unknown): unknown =>
  value instanceof Float32Array ? [...value] : value;

/** Says which files were written. */
export function emitWritten(emit: StageContext["emit"], names: readonly (string | null)[]): void {
  const written = names.filter((name) => name !== null);
  if (written.length > 0) emit("written", written);
}
