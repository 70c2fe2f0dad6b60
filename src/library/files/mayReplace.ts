import { open, stat } from "node:fs/promises";
import { codeOf } from "../audio/messageOf.ts";
import { WriteError } from "./writeError.ts";

/** What stands at a place in all files of one origin, and in no others. */
export interface FileMark {
  readonly bytes: Uint8Array;
  /** In bytes, from the beginning. */
  readonly at: number;
}

/** What a text begins with. */
export const textMark = (beginning: string): FileMark => ({
  bytes: new TextEncoder().encode(beginning),
  at: 0,
});

/**
 * Whether nobody misses a file when it is replaced: it isn't there, is empty, or has the mark.
 * @throws WriteError where that can't be found out
 */
export async function mayReplace(path: string, { bytes, at }: FileMark): Promise<boolean> {
  try {
    const found = await stat(path);
    // Of a device or a pipe the size says nothing, and reading it may take for ever.
    if (!found.isFile()) return false;
    if (found.size === 0) return true;
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes.length), 0, bytes.length, at);
      return bytesRead === bytes.length && buffer.equals(bytes);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (codeOf(error) === "ENOENT") return true;
    throw await WriteError.of(error, path);
  }
}
