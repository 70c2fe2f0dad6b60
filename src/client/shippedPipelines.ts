import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { findPipelines, type PipelineFile } from "./pipelineFiles.ts";

/** The pipelines that ship, in order of name. @param folder dist/pipelines: it holds a folder for each, with its code */
export async function shippedPipelines(folder: string): Promise<readonly PipelineFile[]> {
  const names = await readdir(folder).catch(() => []);
  const found = names.sort().map((name) => findPipelines(join(folder, name), "*.pipeline.ts"));
  return (await Promise.all(found)).flat();
}
