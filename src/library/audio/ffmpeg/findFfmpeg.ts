import { access, constants } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";

const PROGRAM = process.platform === "win32" ? "ffmpeg.exe" : "ffmpeg";

/** Where the user's ffmpeg is; null where none is on the PATH. Looked for by hand: Windows would take one in the working folder first. */
export async function findFfmpeg(): Promise<string | null> {
  const folders = (process.env["PATH"] ?? process.env["Path"] ?? "").split(delimiter);
  for (const folder of folders.filter((one) => isAbsolute(one))) {
    const path = join(folder, PROGRAM);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return null;
}
