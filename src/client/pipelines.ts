import { access, copyFile, readdir, writeFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import picomatch from "picomatch";
import { STARTER } from "./starter.ts";

/** A file that defines a pipeline, told by its name. */
export interface PipelineFile {
  /** Absolute, as the system writes it. */
  readonly path: string;
  /** `voice-level` for `voice-level.pipeline.ts`. */
  readonly name: string;
}

export const LIBRARY_TYPES = "waveflame.d.ts";

/** Those that the glob names outside node_modules and hidden folders, in order of path. */
export async function findPipelines(folder: string, glob: string): Promise<readonly PipelineFile[]> {
  const isPipeline = picomatch(glob);
  const paths: string[] = [];
  for await (const inside of filesIn(folder, "")) if (isPipeline(inside)) paths.push(inside);
  return paths.sort().map((inside) => ({ path: join(folder, inside), name: pipelineName(inside) }));
}

/** True where `findPipelines` would find it. */
export function isPipelineOf(folder: string, glob: string, path: string): boolean {
  const inside = relative(folder, path);
  if (inside.startsWith("..") || isAbsolute(inside)) return false;
  const slashed = inside.split(sep).join("/");
  return picomatch(glob)(slashed) && slashed.split("/").every(isSearched);
}

const isSearched = (name: string): boolean => name !== "node_modules" && !name.startsWith(".");

/** Paths relative to the folder, with `/`; what can't be read is passed over. */
async function* filesIn(folder: string, inside: string): AsyncGenerator<string> {
  const entries = await readdir(join(folder, inside), { withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter(({ name }) => isSearched(name))) {
    const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
    if (entry.isDirectory()) yield* filesIn(folder, path);
    else yield path;
  }
}

export const pipelineName = (path: string): string => basename(path).replace(/(\.pipeline)?\.[^.]+$/, "");

/**
 * Writes `starter.pipeline.ts`, or the next free name, and the library's types beside it, which it refers to, so that
 * the editor shows no Problems without anything being installed. Gives the pipeline's path.
 */
export async function writeStarter(folder: string, libraryTypes: string): Promise<string> {
  const path = await freeName(folder);
  await writeFile(path, STARTER, { flag: "wx" });
  await copyFile(libraryTypes, join(dirname(path), LIBRARY_TYPES));
  return path;
}

async function freeName(folder: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const path = join(folder, `starter${number === 1 ? "" : `-${number}`}.pipeline.ts`);
    const taken = await access(path).then(
      () => true,
      () => false,
    );
    if (!taken) return path;
  }
}
