import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { readRun } from "../../core/run/readRun.ts";
import type { Run } from "../../core/run/run.ts";
import { runFile, runIds } from "./runFiles.ts";
import { RunStore } from "./runStore.ts";

/**
 * The run that a person means: a run's file, the id or the beginning of the id of one that `folder` keeps, or `latest`.
 * @throws Error with a sentence where there is none, or several
 */
export async function findRun(text: string, folder: string): Promise<Run> {
  if (text === "latest") return latestIn(folder);
  const path = resolve(folder, text);
  const found = await stat(path).catch(() => null);
  if (found?.isFile()) return readRunFile(path, text);
  const ids = await runIds(folder);
  const meant = ids.includes(text) ? [text] : ids.filter((id) => text !== "" && id.startsWith(text));
  const [id] = meant;
  if (id === undefined)
    throw new Error(
      ids.length === 0
        ? `There is no run ${text}, and this folder keeps none: profile a recording first, or name a run's file.`
        : `There is no run ${text}: name a run's file, "latest", or the beginning of an id in .waveflame/runs (the newest is ${ids[0] ?? ""}).`,
    );
  if (meant.length > 1)
    throw new Error(
      `${meant.length} runs begin with ${text} (${meant.slice(0, 3).join(", ")}${meant.length > 3 ? ", …" : ""}): name more of the id.`,
    );
  return readRunFile(runFile(folder, id), text);
}

async function latestIn(folder: string): Promise<Run> {
  const run = await new RunStore({ workspace: folder, fallback: null }).newest();
  if (run) return run;
  throw new Error("This folder keeps no run: profile a recording first, or name a run's file.");
}

async function readRunFile(path: string, named: string): Promise<Run> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new Error(`The run ${named} couldn't be read (${reason}): name another one.`, { cause: error });
  }
  try {
    return readRun(text);
  } catch (error) {
    throw new Error(`${named}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
