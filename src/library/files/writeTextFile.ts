import { rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";

/** A path as written in a setting: absolute as it is, else beside another file. @param file `context.file`, the recording */
export const besideFile = (file: string, path: string): string =>
  isAbsolute(path) ? path : join(dirname(file), path);

/**
 * Writes a text; under its name only when it is whole, so that a full disk leaves nothing half-written.
 * @throws Error with one sentence where nothing can be written there
 */
export async function writeTextFile(path: string, text: string): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}-${Date.now().toString(36)}.tmp`);
  try {
    await writeFile(draft, text, { flag: "wx" });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${basename(path)} can't be written (${reason}). Choose another place or make room.`, {
      cause: error,
    });
  }
}
