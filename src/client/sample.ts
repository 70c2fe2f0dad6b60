import { copyFile, cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { LIBRARY_TYPES } from "./pipelines.ts";
import { writeSampleRecordings } from "./sampleRecordings.ts";

/**
 * Copies the sample workspace from `media/sample`, makes its recordings, and gives its folder. What is already there is
 * the user's by now and stays as it is.
 */
export async function openSample(from: string, to: string, libraryTypes: string): Promise<string> {
  await mkdir(to, { recursive: true });
  await cp(from, to, { recursive: true, force: false, errorOnExist: false });
  await copyFile(libraryTypes, join(to, LIBRARY_TYPES));
  await writeSampleRecordings(to);
  return to;
}
