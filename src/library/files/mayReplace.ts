import { open } from "node:fs/promises";
import { codeOf } from "../audio/messageOf.ts";

/** Enough for a header and the longest path that systems take. */
const BEGINNING_BYTES = 8192;

/**
 * Whether nobody misses a file when it is replaced: it isn't there, is empty, or has in its first 8 KB what it was marked
 * with when it was written.
 * @param mark such as the name of the recording that it was made of; an interrupted beginning of it counts, too
 * @throws what the system does where the file can't be read
 */
export async function mayReplace(path: string, mark: string): Promise<boolean> {
  const beginning = await beginningOf(path);
  return beginning === null || beginning.includes(mark) || mark.startsWith(beginning);
}

/** Null where there is no file. */
async function beginningOf(path: string): Promise<string | null> {
  const file = await open(path).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  });
  if (file === null) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING_BYTES), 0, BEGINNING_BYTES, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}
