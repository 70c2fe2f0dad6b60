import { stat } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { findPipelinesAndProcessors } from "../pipelineFiles.ts";
import { ProcessorFiles } from "../processorFiles.ts";
import { shippedPipelines } from "../shippedPipelines.ts";

/**
 * The pipeline that was named, by its file or as one that ships, else the only one in the folder, else its only AudioWorklet; absolute.
 * @throws Error with a sentence where there is none, or several.
 */
export async function choosePipeline(
  folder: string,
  glob: string,
  named: string | null,
  shippedFolder: string,
): Promise<string> {
  const shipped = await shippedPipelines(shippedFolder);
  const namesOfShipped = shipped.map(({ name }) => name).join(", ");
  if (named !== null) {
    const path = resolve(folder, named);
    const found = await stat(path).catch(() => null);
    if (found?.isFile()) return path;
    const own = shipped.find(({ name }) => name === named);
    if (own) return own.path;
    if (found) throw new Error(`The pipeline ${named} is a folder: name the file with --pipeline.`);
    throw new Error(
      `The pipeline ${named} doesn't exist: check --pipeline, or name one that ships (${namesOfShipped}).`,
    );
  }
  const all = await findPipelinesAndProcessors(folder, glob, new ProcessorFiles());
  const pipelines = all.filter(({ kind }) => kind === "pipeline");
  const found = pipelines.length > 0 ? pipelines : all;
  const [only] = found;
  if (!only) {
    throw new Error(
      `No pipeline was found here (${glob}), and no AudioWorklet processor: name one with --pipeline, also one that ships (${namesOfShipped}), or go to the folder that holds it.`,
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
