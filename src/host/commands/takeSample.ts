import { copyFile, cp, mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { LIBRARY_TYPES } from "../../client/pipelines.ts";

/**
 * Copies a shipped pipeline with the files beside it into `folder`, and gives its new path. What is already there
 * belongs to the user and stays.
 */
export async function takeSample(pipeline: string, folder: string, libraryTypes: string): Promise<string> {
  const source = dirname(pipeline);
  await mkdir(folder, { recursive: true });
  await cp(source, folder, {
    recursive: true,
    force: false,
    // Its own tsconfig.json keeps the workspace's rules away from it.
    filter: (from) => from === source || from.endsWith(".ts") || basename(from) === "tsconfig.json",
  });
  await copyFile(libraryTypes, join(folder, LIBRARY_TYPES));
  return join(folder, basename(pipeline));
}
