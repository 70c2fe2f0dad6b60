import { stat } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { findPipelines } from "../pipelineFiles.ts";

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
