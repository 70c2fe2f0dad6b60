import { stat } from "node:fs/promises";
import { basename, relative, resolve } from "node:path";
import { nearestName } from "../../core/names/nearestName.ts";
import { findPipelinesAndProcessors, type PipelineFile } from "../pipelineFiles/pipelineFiles.ts";
import { ProcessorFiles } from "../pipelineFiles/processorFiles.ts";
import { shippedPipelines } from "../pipelineFiles/shippedPipelines.ts";

/**
 * The pipeline that was named, by its file, by its name in the folder or as one that ships, else the only one in the folder,
 * else its only AudioWorklet; absolute.
 * @throws Error with a sentence where there is none, or several.
 */
export async function choosePipeline(
  folder: string,
  glob: string,
  named: string | null,
  shippedFolder: string,
): Promise<string> {
  if (named !== null) {
    const found = await stat(resolve(folder, named)).catch(() => null);
    if (found?.isFile()) return resolve(folder, named);
    const all = await findPipelinesAndProcessors(folder, glob, new ProcessorFiles());
    return pipelineNamed(named, folder, all, await shippedPipelines(shippedFolder), found !== null);
  }
  const all = await findPipelinesAndProcessors(folder, glob, new ProcessorFiles());
  const pipelines = all.filter(({ kind }) => kind === "pipeline");
  const found = pipelines.length > 0 ? pipelines : all;
  const [only] = found;
  if (!only) {
    const shipped = namesOf(await shippedPipelines(shippedFolder));
    throw new Error(
      `No pipeline was found here (${glob}), and no AudioWorklet processor: name one with --pipeline, also one that ships (${shipped}), or go to the folder that holds it.`,
    );
  }
  if (found.length > 1)
    throw new Error(
      `There are ${found.length} ${only.kind === "pipeline" ? "pipelines" : "AudioWorklet processors"} here (${pathsOf(found, folder)}): name one with --pipeline.`,
    );
  return only.path;
}

/** One of the folder's own goes before one that ships, as in the editor's list. */
function pipelineNamed(
  named: string,
  folder: string,
  all: readonly PipelineFile[],
  shipped: readonly PipelineFile[],
  isFolder: boolean,
): string {
  const isCalled = ({ path, name }: PipelineFile): boolean => name === named || basename(path) === named;
  const isExact = [...all, ...shipped].some(isCalled);
  const isMeant = isExact ? isCalled : ({ name }: PipelineFile) => plainName(name) === plainName(named);
  const own = all.filter(isMeant);
  if (own.length > 1)
    throw new Error(
      `There are ${own.length} pipelines ${named} here (${pathsOf(own, folder)}): name the file with --pipeline.`,
    );
  const chosen = own[0] ?? shipped.find(isMeant);
  if (chosen) return chosen.path;
  if (isFolder) throw new Error(`The pipeline ${named} is a folder: name the file with --pipeline.`);
  const here = all.length > 0 ? `name one of this folder (${namesOf(all)})` : "name a file";
  const meant = nearestName(
    named,
    [...all, ...shipped].map(({ name }) => name),
  );
  throw new Error(
    meant === null
      ? `The pipeline ${named} doesn't exist: ${here}, or one that ships (${namesOf(shipped)}).`
      : `The pipeline ${named} doesn't exist: did you mean ${meant}?`,
  );
}

/** A pipeline's title is its name, too: "Music bands" for music-bands. */
const plainName = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]+/g, "-");

const namesOf = (files: readonly PipelineFile[]): string => files.map(({ name }) => name).join(", ");

const pathsOf = (files: readonly PipelineFile[], folder: string): string =>
  files.map(({ path }) => relative(folder, path)).join(", ");
