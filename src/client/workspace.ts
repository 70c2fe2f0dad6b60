import { access, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { findPipelines, isPipelineOf } from "./pipelines.ts";

const MARKS = [".vscode", ".waveflame", ".git", "package.json"];

/** Runs are kept only where a person keeps their work; the help says the same. */
export async function keepsRuns(folder: string, glob: string, pipeline: string): Promise<boolean> {
  if (isPipelineOf(folder, glob, pipeline)) return true;
  for (const mark of MARKS) if (await exists(join(folder, mark))) return true;
  return false;
}

/**
 * The pipeline that was named, else the only one in the folder; absolute.
 * @throws Error with a sentence where there is none, or several.
 */
export async function choosePipeline(folder: string, glob: string, named: string | null): Promise<string> {
  if (named !== null) return namedPipeline(folder, named);
  const found = await findPipelines(folder, glob);
  const [only] = found;
  if (!only) {
    throw new Error(
      `No pipeline was found here (${glob}): name one with --pipeline, or go to the folder that holds it.`,
    );
  }
  if (found.length > 1) {
    const names = found.map(({ path }) => relative(folder, path)).join(", ");
    throw new Error(`There are ${found.length} pipelines here (${names}): name one with --pipeline.`);
  }
  return only.path;
}

async function namedPipeline(folder: string, named: string): Promise<string> {
  const path = resolve(folder, named);
  const found = await stat(path).catch(() => null);
  if (!found) throw new Error(`The pipeline ${named} doesn't exist: check --pipeline.`);
  if (found.isDirectory())
    throw new Error(`The pipeline ${named} is a folder: name the file with --pipeline.`);
  return path;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
