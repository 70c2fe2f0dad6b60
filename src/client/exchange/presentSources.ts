import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { isAbsoluteRunPath } from "../../core/names/paths.ts";
import type { Finding, Run } from "../../core/run/run.ts";
import type { MeasuredSource } from "../../protocol/engine.ts";

/** Of the files with the hottest lines. */
const MOST_FILES = 200;
const MOST_BYTES = 4 * 2 ** 20;
/** Clocks of file systems are that coarse. */
const TOLERANCE_MS = 2000;

interface PresentSources {
  readonly sources: readonly MeasuredSource[];
  /** Where some were changed after the profile was written. */
  readonly finding: Finding | null;
}

/** The texts that the profile's lines lie in, so that edits move its figures from now on. */
export async function presentSources(run: Run, folder: string, profiled: Date): Promise<PresentSources> {
  const named = [...new Set(run.lines.map(({ file }) => file))].filter(isInside).slice(0, MOST_FILES);
  const sources: MeasuredSource[] = [];
  const newer: string[] = [];
  for (const file of named) {
    const path = join(folder, file);
    const found = await stat(path).catch(() => null);
    if (!found?.isFile() || found.size > MOST_BYTES) continue;
    const text = await readFile(path, "utf8").catch(() => "\0");
    if (text.includes("\0")) continue;
    sources.push({ file, sha256: createHash("sha256").update(text).digest("hex"), text });
    if (found.mtimeMs > profiled.getTime() + TOLERANCE_MS) newer.push(file);
  }
  return { sources, finding: newerFinding(newer) };
}

/** A profile may name anything: what lies outside of the folder isn't read. */
const isInside = (file: string): boolean =>
  !isAbsoluteRunPath(file) && !/^\.\.(\/|$)/.test(file) && !/^[a-z][a-z\d+.-]+:\/\//i.test(file);

function newerFinding([first, ...others]: readonly string[]): Finding | null {
  if (first === undefined) return null;
  const [files, were] =
    others.length === 0 ? [first, "was"] : [`${first} and ${others.length} more of its files`, "were"];
  return {
    kind: "source-newer-than-profile",
    severity: "warning",
    text: `${files} ${were} changed after the profile was written, so that lines may have moved: record it again for exact ones.`,
    where: { file: first },
  };
}
