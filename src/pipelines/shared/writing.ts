import { rename, rm, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/**
 * Writes a text where a parameter says so, counted from the recording's folder; under its name only when it is whole.
 * @param path nothing is written where it is empty @param recording its path
 * @throws Error with one sentence where nothing can be written there
 */
export async function writeText(path: unknown, recording: string, text: string): Promise<void> {
  if (typeof path !== "string" || path === "") return;
  const target = resolve(dirname(recording), path);
  const draft = `${target}.${process.pid}.tmp`;
  try {
    await writeFile(draft, `${text}\n`);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${path} can't be written (${reason}): choose another place or make room`, {
      cause: error,
    });
  }
}

/** The same for rows of cells, as CSV. */
export const writeTable = (
  path: unknown,
  recording: string,
  rows: readonly (readonly (string | number | null)[])[],
): Promise<void> => writeText(path, recording, rows.map((cells) => cells.join(",")).join("\n"));
