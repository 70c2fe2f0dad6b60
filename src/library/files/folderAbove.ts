import { stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { WriteError } from "./writeError.ts";

export interface FolderAbove {
  /** The nearest to the file that is there. */
  readonly path: string;
  /** Those between it and the file, from the outermost on. */
  readonly missing: readonly string[];
}

/** What is there of the folders that a file shall lie in. @param file absolute @throws WriteError where a file has the name of one */
export async function folderAbove(file: string): Promise<FolderAbove> {
  const missing: string[] = [];
  for (let path = dirname(file); ; path = dirname(path)) {
    const found = await stat(path).catch(() => null);
    if (found?.isDirectory()) return { path, missing };
    if (found)
      throw new WriteError(
        `${basename(file)} can't be written: ${path} isn't a folder. Choose another place.`,
      );
    // A drive that isn't there: whoever makes the first folder is told so.
    if (path === dirname(path)) return { path, missing };
    missing.unshift(path);
  }
}
