import { besideFile, writeTextFile } from "waveflame";

/**
 * Writes a text where a parameter says so.
 * @param path counted from the recording's folder; nothing is written where it is empty
 * @param recording its path
 */
export async function writeText(path: unknown, recording: string, text: string): Promise<void> {
  if (typeof path === "string" && path !== "") await writeTextFile(besideFile(recording, path), `${text}\n`);
}

/** The same for rows of cells, as CSV. */
export const writeTable = (
  path: unknown,
  recording: string,
  rows: readonly (readonly (string | number | null)[])[],
): Promise<void> => writeText(path, recording, rows.map((cells) => cells.join(",")).join("\n"));
