import { access, constants, lstat, stat } from "node:fs/promises";
import { basename, join, resolve, sep } from "node:path";
import { draftName } from "../../core/names/drafts.ts";
import { codeOf } from "../audio/messageOf.ts";
import { folderAbove } from "./folderAbove.ts";
import { WriteError } from "./writeError.ts";

/**
 * Whether a file can be written there, as far as it can be told without writing: before much work is done for it. Folders
 * that are missing count as made.
 * @throws WriteError
 */
export async function checkWritable(path: string): Promise<void> {
  const file = resolve(path);
  const name = basename(file);
  const why = await obstacle(path, file).catch(async (error: unknown) => {
    throw await WriteError.of(error, file);
  });
  if (why !== null) throw new WriteError(`${name} can't be written: ${why}`);
  const above = await folderAbove(file);
  try {
    await access(above.path, constants.W_OK);
    // The longest name that it will have.
    await missing(join(above.path, draftName(name, process.pid, "00000000")));
  } catch (error) {
    throw await WriteError.of(error, join(above.path, name));
  }
}

/** What has the name already and is no file, with what to do; null where there is nothing in the way. */
async function obstacle(path: string, file: string): Promise<string | null> {
  if (await missing(file))
    return path.endsWith("/") || path.endsWith(sep)
      ? `"${path}" names a folder. Choose a file's name.`
      : null;
  const found = await stat(file).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  });
  if (!found) return "a link that leads nowhere has that name. Choose another one.";
  if (found.isDirectory()) return "a folder has that name. Choose another one.";
  return found.isFile() ? null : "what has that name is no file. Choose another one.";
}

async function missing(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return false;
  } catch (error) {
    // A file in the place of a folder is told of by whoever looks for the folders.
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return true;
    throw error;
  }
}
