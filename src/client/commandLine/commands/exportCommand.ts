import { readFile, stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { EXPORT_FORMATS } from "../../../core/exchange/export/exportRun.ts";
import { readRun } from "../../../core/run/readRun.ts";
import type { Run } from "../../../core/run/run.ts";
import { exportedFile, exportName } from "../../exchange/exportedFile.ts";
import { RunStore } from "../../runs/runStore.ts";
import { shownPath } from "../shownPath.ts";
import type { Surroundings } from "../surroundings.ts";
import type { ExportCommand } from "./exportArguments.ts";

/**
 * Writes a run for another tool.
 * @throws Error with a sentence where there is no such run, or the file can't be written.
 */
export async function exportRun(command: ExportCommand, around: Surroundings): Promise<void> {
  const { format, output } = command;
  const { terminal, folder } = around;
  const run = await runNamed(command.run, around);
  const bytes = await exportedFile(run, format, folder);
  if (output === "-") {
    terminal.out.writeBytes(bytes);
    return;
  }
  const path = resolve(folder, output ?? exportName(run, format));
  await writeNew(path, bytes);
  const { title } = EXPORT_FORMATS[format];
  terminal.error.write(
    `${terminal.error.paint("quiet", `${title} written as ${shownPath(path, folder)}`)}\n`,
  );
}

/** By its file, `latest`, its id, or the beginning that only its id has. */
async function runNamed(name: string, { folder, storage }: Surroundings): Promise<Run> {
  const path = resolve(folder, name);
  const file = await stat(path).catch(() => null);
  if (file?.isFile()) return readNamed(path, name);
  const store = new RunStore({ workspace: folder, fallback: storage });
  const ids = await store.ids();
  if (name === "latest") {
    const newest = await store.newest();
    if (newest) return newest;
    throw new Error("No run is kept here: profile a recording first, or name a run's file.");
  }
  const [id, ...others] = ids.includes(name) ? [name] : ids.filter((each) => each.startsWith(name));
  if (id === undefined)
    throw new Error(
      `There is no run ${name}: name a run's file, the beginning of an id in .waveflame/runs, or latest.`,
    );
  if (others.length > 0)
    throw new Error(
      `${others.length + 1} runs begin with ${name}: name more of the one that is meant, as ${id}.`,
    );
  return store.load(id);
}

async function readNamed(path: string, name: string): Promise<Run> {
  try {
    return readRun(await readFile(path, "utf8"));
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Nothing else is ever replaced: the same export twice is the same file. */
async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) throw new Error(`${path} is a folder: name a file with --output.`);
  if (found?.isFile() && found.size > 0) {
    if (found.size === bytes.length && Buffer.compare(await readFile(path), bytes) === 0) return;
    throw new Error(`${path} exists already: change --output, or remove that file.`);
  }
  try {
    await writeFile(path, bytes);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new Error(`${path} couldn't be written (${reason}): change --output.`, { cause: error });
  }
}
