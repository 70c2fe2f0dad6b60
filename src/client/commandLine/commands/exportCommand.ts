import { readFile, stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { EXPORT_FORMATS } from "../../../core/exchange/export/exportRun.ts";
import { exportedFile, exportName } from "../../exchange/exportedFile.ts";
import { findRun } from "../../runs/findRun.ts";
import { shownPath } from "../shownPath.ts";
import type { Surroundings } from "../surroundings.ts";
import type { ExportCommand } from "./exportArguments.ts";

/**
 * Writes a run for another tool.
 * @throws Error with a sentence where there is no such run, or the file can't be written.
 */
export async function exportRun(command: ExportCommand, around: Surroundings): Promise<void> {
  const { format, output } = command;
  const { terminal, folder, storage } = around;
  const run = await findRun(command.run, { workspace: folder, fallback: storage });
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
