import { chmod, copyFile, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Run } from "../../core/run/run.ts";
import { exists } from "../exists.ts";
import { isSafeName, makeHome } from "./runFiles.ts";

/** They are as large as the heaps that they show. */
const KEPT_HEAPS = 5;
const ENDING = ".heapsnapshot";

const heapsFolder = (folder: string): string => join(folder, ".waveflame", "heaps");
const heapFile = (folder: string, id: string): string => join(heapsFolder(folder), `${id}${ENDING}`);

/** The whole snapshot of a run, as DevTools and this editor open it; null where none is kept. */
export async function keptHeap(folder: string, { id }: Run): Promise<string | null> {
  const path = heapFile(folder, id);
  return isSafeName(id) && (await exists(path)) ? path : null;
}

/** Readable by its owner alone, because it holds all that the worker held. The newest five are kept. @throws where it can't be */
export async function keepHeap(folder: string, { id }: Run, snapshot: string): Promise<void> {
  await makeHome(folder);
  const heaps = heapsFolder(folder);
  await mkdir(heaps, { recursive: true, mode: 0o700 });
  const draft = join(heaps, `.${id}.tmp`);
  try {
    await copyFile(snapshot, draft);
    await chmod(draft, 0o600);
    await rename(draft, heapFile(folder, id));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  // Ids begin with their time.
  const old = (await readdir(heaps))
    .filter((name) => name.endsWith(ENDING))
    .sort()
    .slice(0, -KEPT_HEAPS);
  await Promise.all(old.map((name) => rm(join(heaps, name), { force: true })));
}
