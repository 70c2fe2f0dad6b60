import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { codeOf } from "../audio/messageOf.ts";
import { folderAbove } from "./folderAbove.ts";
import { WriteError } from "./writeError.ts";

/**
 * Makes the folder that a file shall lie in, with those around it, where it is missing.
 * @param path the file's
 * @throws WriteError where it can't be made
 */
export async function makeFolderFor(path: string): Promise<void> {
  try {
    const { missing } = await folderAbove(resolve(path));
    // One by one: Node's `recursive` never ends where a folder takes no others, as those of /proc do.
    for (const folder of missing) await makeFolder(folder);
  } catch (error) {
    throw await WriteError.of(error, path);
  }
}

/** Another worker may make it at the same moment. */
async function makeFolder(path: string): Promise<void> {
  await mkdir(path).catch((error: unknown) => {
    if (codeOf(error) !== "EEXIST") throw error;
  });
}
