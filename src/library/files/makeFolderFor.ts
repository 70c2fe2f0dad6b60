import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { writeProblem } from "./writeProblem.ts";

/**
 * Makes the folder that a file shall lie in, with those around it, where it is missing.
 * @param path the file's
 * @throws Error with one sentence where it can't be made
 */
export async function makeFolderFor(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
  } catch (error) {
    throw new Error(await writeProblem(error, path), { cause: error });
  }
}
