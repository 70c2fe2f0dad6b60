import { basename } from "node:path";
import { pipelineName } from "../../core/pipelineName.ts";
import { fileURLToPath } from "node:url";
import type { BlockFunction, Pipeline, StageContext } from "../../library/pipeline.ts";

type BareProcess = (block: Parameters<BlockFunction>[0], context: StageContext) => ReturnType<BlockFunction>;

/** What the pipeline's file exports, brought into one form. @throws Error that says what is missing */
export async function importPipeline(url: string): Promise<Pipeline> {
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
  if (Object.keys(pipeline.stages).length === 0)
    throw new RangeError("It has no stages: name at least one in stages.");
  return typeof pipeline.name === "string" && pipeline.name ? pipeline : { ...pipeline, name: nameOf(path) };
}

const nameOf = (path: string): string => pipelineName(basename(path));

/** A file that only exports `process(block, context)` is a pipeline of one stage. */
function bare(process: BareProcess, path: string): Pipeline {
  return { name: nameOf(path), stages: { process: (context) => (block) => process(block, context) } };
}
