import { randomUUID } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DRAFTS_VARIABLE } from "../../core/names/drafts.ts";

/** In a run of the profiler, lets whoever ends it know of a draft. @returns what takes it off the list again */
export async function listDraft(path: string): Promise<() => Promise<void>> {
  const folder = process.env[DRAFTS_VARIABLE];
  if (folder === undefined) return () => Promise.resolve();
  const entry = join(folder, randomUUID());
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(entry, path);
  } catch {
    // A full disk for temporary files doesn't keep another one from being written.
  }
  return () => rm(entry, { force: true });
}
