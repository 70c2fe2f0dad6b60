// A process of its own: runs a timed pipeline without the profiler and prints the median of each lap in ms. `timeLaps.ts FILE BLOCKS`
import { pathToFileURL } from "node:url";
import { median } from "../report/figure.ts";
import { noise } from "../recording.ts";
import { BLOCK_FRAMES } from "./shape.ts";

type Stages = Record<string, () => (block: { channels: Float32Array[] }) => void>;

const [file = "", blocks = "1"] = process.argv.slice(2);
const { default: pipeline } = (await import(pathToFileURL(file).href)) as { default: { stages: Stages } };
const stages = Object.values(pipeline.stages).map((create) => create());
const recording = noise(Number(blocks) * BLOCK_FRAMES);
for (let from = 0; from < recording.length; from += BLOCK_FRAMES) {
  const block = { channels: [recording.subarray(from, from + BLOCK_FRAMES)] };
  for (const stage of stages) stage(block);
}
// A block in which another process had the core says nothing about the code; the median leaves it out.
const { laps } = globalThis as unknown as { laps: Record<string, number[]> };
const medians = Object.entries(laps).map(([name, times]) => [name, median(times)]);
console.log(JSON.stringify(Object.fromEntries(medians)));
