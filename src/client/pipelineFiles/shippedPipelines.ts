import { copyFile, cp, mkdir, readdir } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { findPipelines, LIBRARY_TYPES, type PipelineFile } from "./pipelineFiles.ts";

/** What they have in common lies in a folder beside theirs. */
const SHARED = "shared";
const TSCONFIG = "tsconfig.json";

/** The pipelines that ship, in order of name. @param folder dist/pipelines: it holds a folder for each, with its code */
export async function shippedPipelines(folder: string): Promise<readonly PipelineFile[]> {
  const names = await readdir(folder).catch(() => []);
  const found = names.sort().map((name) => findPipelines(join(folder, name), "*.pipeline.ts"));
  return (await Promise.all(found)).flat();
}

/**
 * Copies one with its code, the library's types and a tsconfig of its own into a folder, where it may be changed; what is
 * already there is the user's by now and stays as it is. Gives its new path.
 */
export async function copyShipped(
  { path }: PipelineFile,
  folder: string,
  libraryTypes: string,
): Promise<string> {
  const own = basename(dirname(path));
  const from = dirname(dirname(path));
  const wanted = [own, SHARED, TSCONFIG];
  await mkdir(folder, { recursive: true });
  await cp(from, folder, {
    recursive: true,
    force: false,
    errorOnExist: false,
    filter: (file) => file === from || wanted.includes(relative(from, file).split(sep)[0] ?? ""),
  });
  await copyFile(libraryTypes, join(folder, LIBRARY_TYPES));
  return join(folder, own, basename(path));
}
