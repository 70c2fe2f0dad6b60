import { mkdir, open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";

/** Opens a new file in a run's work folder, for writing and reading; makes the folder when needed. */
export async function newWorkFile(workFolder: string, name: string): Promise<FileHandle> {
  // A recording is nobody else's business, and folders for temporary files are everybody's.
  await mkdir(workFolder, { recursive: true, mode: 0o700 });
  return open(join(workFolder, name), "w+", 0o600);
}

/** What tells a process where temporary files go. */
export const temporaryFolderVariable = (platform = process.platform): string =>
  platform === "win32" ? "TEMP" : "TMPDIR";
