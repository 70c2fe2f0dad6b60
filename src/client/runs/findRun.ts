import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { readRun } from "../../core/run/readRun.ts";
import type { Run } from "../../core/run/run.ts";
import { RunStore } from "./runStore.ts";

/**
 * The run that a person means: a run's file, the id or the beginning of the id of one that is kept, or `latest`.
 * @param fallback what a read-only folder couldn't take lies there beside other folders' runs, so `latest` isn't looked for in it
 * @throws Error with a sentence where there is none, or several
 */
export async function findRun(
  text: string,
  { workspace, fallback }: { readonly workspace: string; readonly fallback: string | null },
): Promise<Run> {
  if (text === "latest") return latestIn(workspace, fallback);
  const path = resolve(workspace, text);
  const found = await stat(path).catch(() => null);
  if (found?.isFile()) return readRunFile(path, text);
  const store = new RunStore({ workspace, fallback });
  const ids = await store.ids();
  const meant = ids.includes(text) ? [text] : ids.filter((id) => text !== "" && id.startsWith(text));
  const [id] = meant;
  if (id === undefined)
    throw new Error(
      ids.length === 0
        ? `There is no run ${text}, and this folder keeps none: profile a recording first, or name a run's file.`
        : `There is no run ${text}: name a run's file, "latest", or the beginning of an id of a kept run (the newest is ${ids[0] ?? ""}).`,
    );
  if (meant.length > 1)
    throw new Error(
      `${meant.length} runs begin with ${text} (${meant.slice(0, 3).join(", ")}${meant.length > 3 ? ", …" : ""}): name more of the id.`,
    );
  return loaded(store, id, text);
}

async function latestIn(workspace: string, fallback: string | null): Promise<Run> {
  const run = await new RunStore({ workspace, fallback: null }).newest();
  if (run) return run;
  const [elsewhere] = await new RunStore({ workspace: null, fallback }).ids();
  throw new Error(
    elsewhere === undefined
      ? "This folder keeps no run: profile a recording first, or name a run's file."
      : `This folder keeps no run: profile a recording first, or name a run's file or its id. The newest of those that their folders couldn't take is ${elsewhere}.`,
  );
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
    throw about(named, error);
  }
}

async function loaded(store: RunStore, id: string, named: string): Promise<Run> {
  try {
    return await store.load(id);
  } catch (error) {
    throw about(named, error);
  }
}

const about = (named: string, error: unknown): Error =>
  new Error(`${named}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
