import { besideFile, isSameFile, writeTextFile } from "waveflame";

/**
 * Where a parameter wants a file: counted from the recording's folder, with the recording's name for `{name}`; null where it
 * is empty. @throws Error where that is the recording itself
 */
export async function targetOf(path: unknown, recording: string): Promise<string | null> {
  if (typeof path !== "string" || path === "") return null;
  const name = recording.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "");
  const target = besideFile(recording, path.replaceAll("{name}", name));
  if (await isSameFile(target, recording))
    throw new Error(`${path} is the recording itself: choose another name, such as {name}.mastered.wav`);
  return target;
}

/** Writes a text where a parameter says so. @param recording its path */
export async function writeText(path: unknown, recording: string, text: string): Promise<void> {
  const target = await targetOf(path, recording);
  if (target !== null) await writeTextFile(target, `${text}\n`);
}

/** The same for rows of cells, as CSV. */
export const writeTable = (
  path: unknown,
  recording: string,
  rows: readonly (readonly (string | number | null)[])[],
): Promise<void> => writeText(path, recording, rows.map((cells) => cells.join(",")).join("\n"));
