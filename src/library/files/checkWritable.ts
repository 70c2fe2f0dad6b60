import { access, constants, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
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
  const there = await stat(file).catch(() => null);
  if (there?.isDirectory())
    throw new WriteError(`${name} can't be written: a folder has that name. Choose another one.`);
  if (/[\\/]$/.test(path))
    throw new WriteError(`${name} can't be written: "${path}" names a folder. Choose a file's name.`);
  const above = await folderAbove(file);
  await access(above.path, constants.W_OK).catch(async (error: unknown) => {
    throw await WriteError.of(error, join(above.path, name));
  });
}
