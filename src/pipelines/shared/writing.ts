import {
  besideFile,
  checkWritable,
  isSameFile,
  makeFolderFor,
  mayReplace,
  ParameterError,
  pathFrom,
  WriteError,
  writeTextFile,
  type Recording,
  type StageContext,
} from "waveflame";
import { wrong } from "./parameters.ts";

/** What says where a file goes. */
type Place = Pick<StageContext, "file" | "outputFile" | "parameters">;

/** What a file of ours says near its beginning, by which the next run of the same recording knows it. @param recording counted from the file's folder */
export type Mark = (recording: string) => string;

/** A file that a parameter asks for. */
export interface Target {
  /** Counted from the recording's folder. */
  readonly name: string;
  /** Where it is written. */
  readonly path: string;
  /** What it says of itself, among its tags or at its beginning. */
  readonly mark: string;
  /** To be called when the file is ready: another recording may have taken the name meanwhile. @throws ParameterError */
  claim(this: void): Promise<void>;
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
    await checkPlace(parameter, name, path);
    await keepOthers(parameter, name, path, mark(pathFrom(path, file)));
  }
}

/** What a parameter asks for, in a folder that is there by then; null where it is empty. @throws ParameterError, WriteError */
export async function targetOf(parameter: string, place: Place, mark: Mark): Promise<Target | null> {
  const name = nameOf(parameter, place);
  if (name === "") return null;
  const path = place.outputFile(name);
  const said = mark(pathFrom(path, place.file));
  const claim = (): Promise<void> => keepOthers(parameter, name, path, said);
  await makeFolderFor(path);
  await claim();
  return { name, path, mark: said, claim };
}

/** With the recording's name for `{name}`, and with its ending for `{file}`. */
function nameOf(parameter: string, { file, parameters }: Pick<Place, "file" | "parameters">): string {
  const wanted = parameters[parameter];
  if (typeof wanted !== "string") throw wrong(parameters, parameter, "the name of a file");
  const whole = file.replace(/^.*[\\/]/, "");
  return wanted.replaceAll("{file}", whole).replaceAll("{name}", whole.replace(/\.[^.]*$/, ""));
}

/** @throws ParameterError */
async function checkPlace(parameter: string, name: string, path: string): Promise<void> {
  try {
    await checkWritable(path);
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    throw new ParameterError(`${parameter} is "${name}": ${error.message}`);
  }
}

/** @throws ParameterError where a file of that name holds what nobody asked to be replaced */
async function keepOthers(parameter: string, name: string, path: string, mark: string): Promise<void> {
  if (await mayReplace(path, mark)) return;
  throw new ParameterError(
    `${parameter} is "${name}", a file that wasn't written for this recording: choose another name, or remove it`,
  );
}

const CSV_RECORDING = "recording";

/** How a table of these columns is known. */
export const tableMark =
  (columns: readonly string[]): Mark =>
  (recording) =>
    `${[CSV_RECORDING, ...columns].join(",")}\n${textCell(recording)},`;

/** Writes rows of numbers as CSV where a parameter says so, each beside its recording's name. @returns the file's name; null where none is asked for */
export async function writeTable(
  parameter: string,
  place: Place,
  columns: readonly string[],
  rows: readonly (readonly (number | null)[])[],
): Promise<string | null> {
  const target = await targetOf(parameter, place, tableMark(columns));
  if (target === null) return null;
  const recording = textCell(pathFrom(target.path, place.file));
  const lines = [[CSV_RECORDING, ...columns], ...rows.map((cells) => [recording, ...cells])];
  return writeText(target, lines.map((cells) => cells.join(",")).join("\n"));
}

/** How figures of a pipeline are known. */
export const figuresMark =
  (pipeline: string): Mark =>
  (recording) =>
    beginningOf(JSON.stringify({ pipeline, recording }, null, 2));

/** Writes figures as JSON where a parameter says so, below the pipeline's and the recording's names. @returns the file's name; null where none is asked for */
export async function writeFigures(
  parameter: string,
  place: Place,
  pipeline: string,
  figures: object,
): Promise<string | null> {
  const target = await targetOf(parameter, place, figuresMark(pipeline));
  if (target === null) return null;
  const recording = pathFrom(target.path, place.file);
  return writeText(target, JSON.stringify({ pipeline, recording, ...figures }, typedArraysAsLists, 2));
}

async function writeText(target: Target, text: string): Promise<string> {
  await target.claim();
  await writeTextFile(target.path, `${text}\n`);
  return target.name;
}

/** Of an object's text, what more members leave as it is. */
const beginningOf = (object: string): string => object.replace(/\s*\}$/, "");

const textCell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

const typedArraysAsLists = (_key: string, value: unknown): unknown =>
  value instanceof Float32Array ? [...value] : value;

/** Says which files were written. */
export function emitWritten(emit: StageContext["emit"], names: readonly (string | null)[]): void {
  const written = names.filter((name) => name !== null);
  if (written.length > 0) emit("written", written);
}
