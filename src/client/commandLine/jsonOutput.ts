import { stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Run } from "../../core/run/run.ts";

/**
 * Before minutes are spent on a result that can't be written.
 * @throws Error with a sentence.
 */
export async function checkJsonPath(path: string): Promise<void> {
  const folder = await stat(dirname(path)).catch(() => null);
  if (!folder?.isDirectory())
    throw new Error(`The folder of ${path} doesn't exist: make it, or change --json.`);
  const file = await stat(path).catch(() => null);
  if (file?.isDirectory()) throw new Error(`${path} is a folder: name a file with --json.`);
}

/** The run itself, or an array where several recordings were asked for. */
export const jsonText = (runs: readonly Run[], several: boolean): string =>
  `${JSON.stringify(several ? runs : runs[0])}\n`;

/** @throws Error with a sentence. */
export async function writeJson(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new Error(`${path} couldn't be written (${reason}): change --json.`, { cause: error });
  }
}
