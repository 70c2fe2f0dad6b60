import { isSameFile, writeTextFile, type StageContext } from "waveflame";

/** What says where a file goes. */
type Place = Pick<StageContext, "file" | "outputFile">;

/**
 * Where a parameter wants a file: counted from the recording's folder, with the recording's name for `{name}`; null where it
 * is empty. @throws Error where that is the recording itself
 */
export async function targetOf(path: unknown, { file, outputFile }: Place): Promise<string | null> {
  if (typeof path !== "string" || path === "") return null;
  const name = file.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "");
  const target = outputFile(path.replaceAll("{name}", name));
  if (await isSameFile(target, file))
    throw new Error(`${path} is the recording itself: choose another name, such as {name}.mastered.wav`);
  return target;
}

/** Writes a text where a parameter says so. */
export async function writeText(path: unknown, place: Place, text: string): Promise<void> {
  const target = await targetOf(path, place);
  if (target !== null) await writeTextFile(target, `${text}\n`);
}

/** The same for rows of cells, as CSV. */
export const writeTable = (
  path: unknown,
  place: Place,
  rows: readonly (readonly (string | number | null)[])[],
): Promise<void> => writeText(path, place, rows.map((cells) => cells.join(",")).join("\n"));
