import { join } from "node:path";
import { exists } from "../exists.ts";
import { isPipelineOf } from "../pipelineFiles/pipelineFiles.ts";

const MARKS = [".vscode", ".waveflame", ".git", "package.json"];

/** Runs are kept only where a person keeps their work; the help says the same. */
export async function keepsRuns(folder: string, glob: string, pipeline: string): Promise<boolean> {
  if (isPipelineOf(folder, glob, pipeline)) return true;
  for (const mark of MARKS) if (await exists(join(folder, mark))) return true;
  return false;
}
