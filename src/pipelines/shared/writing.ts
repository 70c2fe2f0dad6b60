import {
  besideFile,
  isSameFile,
  makeFolderFor,
  ParameterError,
  writeTextFile,
  type Recording,
  type StageContext,
} from "waveflame";
import { wrong } from "./parameters.ts";

/** What says where a file goes. */
type Place = Pick<StageContext, "file" | "outputFile" | "parameters">;

/** A file that a parameter asks for. */
export interface Target {
  /** Counted from the recording's folder. */
  readonly name: string;
  /** Where it is written. */
  readonly path: string;
}

/** Before the recording is run through. @throws ParameterError where a file that is asked for is none, the recording itself, or asked for twice */
export async function checkTargets(
  { file, parameters }: Recording,
  asking: readonly string[],
): Promise<void> {
  const askedFor = new Map<string, string>();
  for (const parameter of asking) {
    const name = nameOf(parameter, { file, parameters });
    if (name === "") continue;
    const path = besideFile(file, name);
    const other = askedFor.get(path);
    if (other !== undefined)
      throw new ParameterError(`${parameter} is "${name}", which ${other} is, too: choose another name`);
    askedFor.set(path, parameter);
    if (await isSameFile(path, file))
      throw new ParameterError(`${parameter} is "${name}", the recording itself: choose another name`);
  }
}

/** What a parameter asks for, in a folder that is there by then; null where it is empty. */
export async function targetOf(parameter: string, place: Place): Promise<Target | null> {
  const name = nameOf(parameter, place);
  if (name === "") return null;
  const path = place.outputFile(name);
  await makeFolderFor(path);
  return { name, path };
}

/** With the recording's name for `{name}`. */
function nameOf(parameter: string, { file, parameters }: Pick<Place, "file" | "parameters">): string {
  const wanted = parameters[parameter];
  if (typeof wanted !== "string") throw wrong(parameters, parameter, "the name of a file");
  return wanted.replaceAll("{name}", file.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, ""));
}

/** Writes a text where a parameter says so. @returns the file's name; null where none is asked for */
export async function writeText(parameter: string, place: Place, text: string): Promise<string | null> {
  const target = await targetOf(parameter, place);
  if (target === null) return null;
  await writeTextFile(target.path, `${text}\n`);
  return target.name;
}

/** The same for rows of cells, as CSV. */
export const writeTable = (
  parameter: string,
  place: Place,
  rows: readonly (readonly (string | number | null)[])[],
): Promise<string | null> => writeText(parameter, place, rows.map((cells) => cells.join(",")).join("\n"));

/** Says which files were written. */
export function emitWritten(emit: StageContext["emit"], names: readonly (string | null)[]): void {
  const written = names.filter((name) => name !== null);
  if (written.length > 0) emit("written", written);
}
