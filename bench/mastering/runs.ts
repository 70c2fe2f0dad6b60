import { join } from "node:path";
import type { Run } from "../../src/core/run/run.ts";
import type { BenchmarkSetting } from "../bench.ts";
import { startProfiling } from "../profiling.ts";

export type Parameters = Readonly<Record<string, number | boolean | string>>;

/** One run without its lines. */
export async function runOver(
  { root, machine, folder }: BenchmarkSetting,
  audio: string,
  pipeline: string,
  parameters: Parameters,
  workers: number,
): Promise<Run> {
  const settings = { samplingMs: 0, workers, parameters };
  const what = { root, machine, audio, pipeline, workspace: folder, settings };
  return (await (await startProfiling(what)).outcome).run;
}

export const masteringPipeline = (root: string): string =>
  join(root, "dist", "pipelines", "mastering", "mastering.pipeline.ts");

/** Work of some stages, what their factories took included. */
export const msOf = ({ stages }: Run, names: readonly string[]): number =>
  stages
    .filter(({ name }) => names.includes(name))
    .reduce((sum, { selfMs, createMs }) => sum + selfMs + createMs, 0);

/** Of all stages. */
export const allMsOf = (run: Run): number =>
  msOf(
    run,
    run.stages.map(({ name }) => name),
  );
