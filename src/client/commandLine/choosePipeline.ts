import { stat } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { findPipelinesAndProcessors } from "../pipelineFiles.ts";
import { ProcessorFiles } from "../processorFiles.ts";

/**
 * The pipeline that was named, else the only one in the folder, else its only AudioWorklet; absolute.
 * @throws Error with a sentence where there is none, or several.
 */
export async function choosePipeline(folder: string, glob: string, named: string | null): Promise<string> {
  if (named !== null) return namedPipeline(folder, named);
  const all = await findPipelinesAndProcessors(folder, glob, new ProcessorFiles());
  const pipelines = all.filter(({ kind }) => kind === "pipeline");
  const found = pipelines.length > 0 ? pipelines : all;
  const [only] = found;
  if (!only) {
    throw new Error(
      `No pipeline was found here (${glob}), and no AudioWorklet processor: name one with --pipeline, or go to the folder that holds it.`,
    );
  }
  if (found.length > 1) {
    const names = found.map(({ path }) => relative(folder, path)).join(", ");
    throw new Error(
      `There are ${found.length} ${only.kind === "pipeline" ? "pipelines" : "AudioWorklet processors"} here (${names}): name one with --pipeline.`,
    );
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
