import { copyFile, readdir, realpath, stat, writeFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import picomatch from "picomatch";
import { pipelineName } from "../../core/names/pipelineName.ts";
import { exists } from "../exists.ts";
import type { ProcessorFiles } from "./processorFiles.ts";
import { STARTER } from "./starter.ts";

/** A file that defines a pipeline, told by its name, or an AudioWorklet's, told by its text. */
export interface PipelineFile {
  /** Absolute, as the system writes it. */
  readonly path: string;
  /** `voice-level` for `voice-level.pipeline.ts`. */
  readonly name: string;
  readonly kind: "pipeline" | "processor";
}

export const LIBRARY_TYPES = "waveflame.d.ts";

/** Those that the glob names outside node_modules and hidden folders, in order of path. */
export async function findPipelines(folder: string, glob: string): Promise<readonly PipelineFile[]> {
  const isPipeline = picomatch(glob);
  const paths = (await filesIn(folder)).filter((inside) => isPipeline(inside));
  return paths.sort().map((inside) => fileOf(folder, inside, "pipeline"));
}

/** The pipelines, and after them the files of AudioWorklet processors. */
export async function findPipelinesAndProcessors(
  folder: string,
  glob: string,
  processors: ProcessorFiles,
): Promise<readonly PipelineFile[]> {
  const isPipeline = picomatch(glob);
  const paths = (await filesIn(folder)).sort();
  const others = paths.filter((inside) => !isPipeline(inside));
  return [
    ...paths.filter((inside) => isPipeline(inside)).map((inside) => fileOf(folder, inside, "pipeline")),
    ...(await processors.among(folder, others)).map((inside) => fileOf(folder, inside, "processor")),
  ];
}

const fileOf = (folder: string, inside: string, kind: PipelineFile["kind"]): PipelineFile => ({
  path: join(folder, inside),
  name: pipelineName(basename(inside)),
  kind,
});

/** True where `findPipelines` would find it. */
export function isPipelineOf(folder: string, glob: string, path: string): boolean {
  const inside = relative(folder, path);
  if (inside.startsWith("..") || isAbsolute(inside)) return false;
  const slashed = inside.split(sep).join("/");
  return picomatch(glob)(slashed) && slashed.split("/").every(isSearched);
}

const isSearched = (name: string): boolean => name !== "node_modules" && !name.startsWith(".");

/** A folder under the searched one, and the path that the disk knows it by. */
interface Place {
  readonly inside: string;
  readonly real: string;
}

/**
 * Paths relative to the folder, with `/`; what can't be read is passed over. Links to folders are followed after all
 * else, so that a file is found under its own path first, and each folder once, so that a circle ends.
 */
async function filesIn(folder: string): Promise<string[]> {
  const files: string[] = [];
  const seen = new Set<string>();
  const folders: Place[] = [{ inside: "", real: await realpath(folder).catch(() => folder) }];
  const links: string[] = [];
  for (let place = folders.pop(); place; place = folders.pop() ?? (await behind(folder, links))) {
    if (seen.has(place.real)) continue;
    seen.add(place.real);
    const { inside, real } = place;
    const entries = await readdir(join(folder, inside), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.filter(({ name }) => isSearched(name))) {
      const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
      if (entry.isDirectory()) folders.push({ inside: path, real: join(real, entry.name) });
      else if (entry.isSymbolicLink() && (await isFolder(join(folder, path)))) links.push(path);
      else files.push(path);
    }
  }
  return files;
}

/** The folder behind the next link. */
async function behind(folder: string, links: string[]): Promise<Place | undefined> {
  const inside = links.shift();
  if (inside === undefined) return undefined;
  const path = join(folder, inside);
  return { inside, real: await realpath(path).catch(() => path) };
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

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
    if (!(await exists(path))) return path;
  }
}
