// A process of its own: runs a pipeline's stages without the profiler and prints the median time of a call of each, in ms. `bareStages.ts FILE BLOCKS`
import { pathToFileURL } from "node:url";
import type { Milliseconds } from "../../../src/core/units.ts";
import { noise } from "../../recording.ts";
import { median } from "../../report/figure.ts";
import { BLOCK_FRAMES } from "../shape.ts";

interface Stage {
  process(block: { channels: Float32Array[] }): void;
}

const [file = "", blocks = "1"] = process.argv.slice(2);
const { default: pipeline } = (await import(pathToFileURL(file).href)) as {
  default: { stages: Record<string, (context: object) => Stage> };
};
const stages = Object.entries(pipeline.stages).map(([name, create]) => ({
  name,
  stage: create({}),
  times: [] as Milliseconds[],
}));
const recording = noise(Number(blocks) * BLOCK_FRAMES);
for (let from = 0; from < recording.length; from += BLOCK_FRAMES) {
  const block = { channels: [recording.subarray(from, from + BLOCK_FRAMES)] };
  for (const { stage, times } of stages) {
    const began = process.hrtime.bigint();
    stage.process(block);
    times.push(Number(process.hrtime.bigint() - began) / 1e6);
  }
}
console.log(JSON.stringify(Object.fromEntries(stages.map(({ name, times }) => [name, median(times)]))));
