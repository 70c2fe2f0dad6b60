import { stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { codeOf, messageOf } from "../audio/messageOf.ts";

/** Why a file can't be written, in one sentence, by what the system said. */
export async function writeProblem(
  error: unknown,
  path: string,
  platform: NodeJS.Platform = process.platform,
): Promise<string> {
  const name = basename(path);
  const reason = (await reasonOf(error, path, platform)) ?? "";
  switch (reason) {
    case "ENOSPC":
    case "EDQUOT":
      return `${name} can't be written: the disk is full. Make room in ${dirname(path)}.`;
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return `${name} can't be written: ${dirname(path)} is read-only. Choose another folder.`;
    case "EBUSY":
      return `${name} can't be written: another program has it open, or it is write-protected. Close it there, or choose another name.`;
    case "ENOENT":
      return `${name} can't be written: the folder ${dirname(path)} doesn't exist. Make it first.`;
    case UNMADE:
      return `${name} can't be written: the folder ${dirname(path)} can't be made. Choose another place.`;
    case "ENOTDIR":
      return `${name} can't be written: ${dirname(path)} isn't a folder. Choose another place.`;
    case "EISDIR":
    case "EEXIST":
    case "ENOTEMPTY":
      return `${name} can't be written: a folder has that name. Choose another one.`;
    case "ENAMETOOLONG":
      return `${name} can't be written: its name is too long. Choose a shorter one.`;
    default:
      return `${name} can't be written: ${messageOf(error)}. Choose another place.`;
  }
}

const UNMADE = "a folder isn't made";

/** Windows gives one code for a name that a folder has, and for a file that somebody has open. */
async function reasonOf(
  error: unknown,
  path: string,
  platform: NodeJS.Platform,
): Promise<string | undefined> {
  const code = codeOf(error);
  const call = error instanceof Error && "syscall" in error ? error.syscall : undefined;
  if (code === "ENOENT" && call === "mkdir") return UNMADE;
  if (platform !== "win32" || call !== "rename" || (code !== "EPERM" && code !== "EACCES")) return code;
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? "EISDIR" : "EBUSY";
}
