import { existsSync } from "../../ownFiles.ts";
import { basename } from "node:path";
import { pipelineName } from "../../../core/names/pipelineName.ts";
import { fileURLToPath } from "node:url";
import type { Block, BlockFunction, Parameters, Pipeline, StageContext } from "../../../library/pipeline.ts";
import { messageOf } from "../../failure.ts";
import { CODE } from "./loadHook.ts";
import { processorPipeline, withWorklets, type WorkletHost } from "../../worklet/workletStages.ts";

type BareProcess = (block: Block, context: StageContext) => ReturnType<BlockFunction>;

/**
 * What the pipeline's file is or exports, brought into one form.
 *
 * @param parameters of the run, which may choose one of several processors
 * @throws Error that says what is missing
 */
export async function importPipeline(
  url: string,
  parameters: Readonly<Parameters>,
  worklets: WorkletHost,
): Promise<Pipeline> {
  if (isProcessor(url, worklets)) return processorPipeline(url, parameters, worklets);
  try {
    return await withWorklets(await exportedPipeline(url), url, worklets);
  } catch (error) {
    // A file that imports the one which registers.
    if (IN_A_WORKLET.test(messageOf(error))) return processorPipeline(url, parameters, worklets);
    throw error;
  }
}

const IN_A_WORKLET = /^(?:AudioWorkletProcessor|registerProcessor) is not defined$/;

/** A file that isn't there, or is no script, is left to the import, which says so. */
function isProcessor(url: string, { read }: WorkletHost): boolean {
  return CODE.test(url) && existsSync(fileURLToPath(url)) && read(url).registersProcessor;
}

async function exportedPipeline(url: string): Promise<Pipeline> {
  const module: unknown = await import(url);
  const exported = withoutInterop(module);
  if (isPipeline(exported)) return checked(exported, fileURLToPath(url));
  const process = member(module, "process") ?? member(exported, "process");
  if (typeof process === "function") return bare(process as BareProcess, fileURLToPath(url));
  throw new TypeError("It exports no pipeline: write export default definePipeline({ name, stages }).");
}

/** CommonJS arrives as a default export, compiled ES modules as one inside it. */
function withoutInterop(module: unknown): unknown {
  const outer = member(module, "default");
  const inner = member(outer, "default");
  return inner ?? outer;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

const isPipeline = (value: unknown): value is Pipeline =>
  typeof member(value, "stages") === "object" && member(value, "stages") !== null;

function checked(pipeline: Pipeline, path: string): Pipeline {
  const blockFrames = pipeline.blockFrames;
  if (blockFrames !== undefined && !(Number.isInteger(blockFrames) && blockFrames > 0))
    throw new RangeError(`Its blockFrames is ${String(blockFrames)}; a whole number above 0 is needed.`);
  const isolation: unknown = pipeline.isolation;
  if (isolation !== undefined && isolation !== "thread" && isolation !== "process")
    throw new RangeError(`Its isolation is ${JSON.stringify(isolation)}; "thread" and "process" exist.`);
  if (Object.keys(pipeline.stages).length === 0)
    throw new RangeError("It has no stages: name at least one in stages.");
  return typeof pipeline.name === "string" && pipeline.name ? pipeline : { ...pipeline, name: nameOf(path) };
}

const nameOf = (path: string): string => pipelineName(basename(path));

/** A file that only exports `process(block, context)` is a pipeline of one stage. */
function bare(process: BareProcess, path: string): Pipeline {
  return { name: nameOf(path), stages: { process: (context) => (block) => process(block, context) } };
}
