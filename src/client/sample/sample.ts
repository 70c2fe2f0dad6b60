import { copyFile, cp, mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { LIBRARY_TYPES } from "../pipelineFiles/pipelineFiles.ts";
import { writeSampleRecordings } from "./sampleRecordings.ts";

/** Copies the sample workspace from `media/sample`, makes its recordings, and gives its folder. */
export async function openSample(from: string, to: string, libraryTypes: string): Promise<string> {
  await copySample(from, to, libraryTypes, () => true);
  await writeSampleRecordings(to);
  return to;
}

/** Copies one of the sample's pipelines with the code beside it, and gives its new path. */
export async function takeSample(pipeline: string, to: string, libraryTypes: string): Promise<string> {
  // Its own tsconfig.json keeps the workspace's rules away from it.
  const isCode = (name: string): boolean => name.endsWith(".ts") || name === "tsconfig.json";
  await copySample(dirname(pipeline), to, libraryTypes, isCode);
  return join(to, basename(pipeline));
}

/** What is already there is the user's by now and stays as it is. */
async function copySample(
  from: string,
  to: string,
  libraryTypes: string,
  isWanted: (name: string) => boolean,
): Promise<void> {
  await mkdir(to, { recursive: true });
  const filter = (path: string): boolean => path === from || isWanted(basename(path));
  await cp(from, to, { recursive: true, force: false, errorOnExist: false, filter });
  await copyFile(libraryTypes, join(to, LIBRARY_TYPES));
}
