import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readRun } from "../../core/run/readRun.ts";
import { exists } from "../exists.ts";

/** The newest so many runs are kept. */
const KEPT_RUNS = 50;
const ENDING = ".waveflame.json";

/** Where one folder's runs and the sources they measured lie. */
export const runsFolder = (folder: string): string => join(folder, ".waveflame", "runs");
export const runFile = (folder: string, id: string): string => join(runsFolder(folder), `${id}${ENDING}`);
export const sourceFile = (folder: string, sha256: string): string =>
  join(folder, ".waveflame", "sources", sha256);

/** An id is a file's name and a hash too: nothing else may come from outside. */
export const isSafeName = (name: string): boolean => /^[\w.-]+$/.test(name) && !name.startsWith(".");

/** Makes `.waveflame` with what keeps it out of version control. */
export async function makeHome(folder: string): Promise<string> {
  const home = join(folder, ".waveflame");
  const made = await mkdir(home, { recursive: true });
  if (made !== undefined) await writeFile(join(home, ".gitignore"), "*\n");
  return home;
}

export async function makeFolders(folder: string): Promise<void> {
  const home = await makeHome(folder);
  await mkdir(runsFolder(folder), { recursive: true });
  await mkdir(join(home, "sources"), { recursive: true });
}

/** Whole or not at all, whatever happens meanwhile. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const draft = join(dirname(path), `.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await writeFile(draft, content, { flush: true });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

export async function writeOnce(path: string, text: string): Promise<void> {
  if (!(await exists(path))) await writeWhole(path, text);
}

/** The ids of a folder's runs, newest first. */
export async function runIds(folder: string): Promise<string[]> {
  const names = await readdir(runsFolder(folder)).catch(() => []);
  return names
    .filter((name) => name.endsWith(ENDING) && isSafeName(name))
    .map((name) => name.slice(0, -ENDING.length))
    .sort()
    .reverse();
}

/**
 * Takes away all but the newest, and the sources that only those had measured. Ids begin with their time, so their order
 * is that of time. What can't be taken away, as where another program holds it open, is told and left for the next time.
 */
export async function removeOldRuns(folder: string, tell: (sentence: string) => void): Promise<void> {
  const ids = await runIds(folder);
  const kept = ids.slice(0, KEPT_RUNS).map((id) => runFile(folder, id));
  for (const id of ids.slice(KEPT_RUNS)) {
    try {
      await removeRun(folder, id, kept);
    } catch (error) {
      tell(`The old run ${id} couldn't be removed: ${String(error)}`);
    }
  }
}

async function removeRun(folder: string, id: string, kept: readonly string[]): Promise<void> {
  const hashes = await sourcesOf(runFile(folder, id));
  await rm(runFile(folder, id), { force: true });
  const unused = await withoutThoseIn(kept, hashes);
  await Promise.all(unused.map((hash) => rm(sourceFile(folder, hash), { force: true })));
}

/** The hashes of the files that a run measured; none where it can't be read. */
async function sourcesOf(path: string): Promise<string[]> {
  try {
    const { files } = readRun(await readFile(path, "utf8")).pipeline;
    return files.map(({ sha256 }) => sha256).filter(isSafeName);
  } catch {
    return [];
  }
}

/** A hash is found in a run's text without reading the run, and most are found in the first. */
async function withoutThoseIn(
  paths: readonly string[],
  hashes: readonly string[],
): Promise<readonly string[]> {
  let left = hashes;
  for (const path of paths) {
    if (left.length === 0) break;
    const text = await readFile(path, "utf8").catch(() => "");
    left = left.filter((hash) => !text.includes(hash));
  }
  return left;
}
