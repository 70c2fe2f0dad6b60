import { realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { RUN_FORMAT, type Run } from "../../core/run/run.ts";
import { beginsWith } from "../beginsWith.ts";
import { writeText } from "../reports/writeReport.ts";

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

/**
 * Runs take the place of older ones and of nothing else.
 * @param recordings absolute; or what else is read
 * @throws Error with a sentence where the file is a recording, or holds something else.
 */
export async function checkReplaced(
  path: string,
  recordings: readonly string[],
  what: "recording" | "profile" = "recording",
): Promise<void> {
  const file = await stat(path).catch(() => null);
  if (!file?.isFile() || file.size === 0) return;
  const [own, ...others] = await Promise.all(
    [path, ...recordings].map((one) => realpath(one).catch(() => one)),
  );
  if (others.some((other) => other === own)) throw new Error(`${path} is the ${what} itself: change --json.`);
  if (!(await beginsWith(path, BEGINNINGS)))
    throw new Error(
      `${path} holds something else than runs of Waveflame: change --json, or remove that file.`,
    );
}

const BEGINNINGS = [`{"format":"${RUN_FORMAT}"`, `[{"format":"${RUN_FORMAT}"`, "[]"];

/** The run itself, or an array where several recordings were asked for. */
export const jsonText = (runs: readonly Run[], several: boolean): string =>
  `${JSON.stringify(several ? runs : runs[0])}\n`;

/** @throws Error with a sentence. */
export async function writeJson(path: string, text: string): Promise<void> {
  try {
    await writeText(path, text);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new Error(`${path} couldn't be written (${reason}): change --json.`, { cause: error });
  }
}
