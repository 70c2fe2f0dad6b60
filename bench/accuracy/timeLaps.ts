// A process of its own: runs a timed pipeline without the profiler and prints the median of each lap in ms. `timeLaps.ts FILE BLOCKS`
import { pathToFileURL } from "node:url";
import { median } from "../report/figure.ts";
import { noise } from "../recording.ts";
import { BLOCK_FRAMES } from "./shape.ts";

type Process = (block: { channels: Float32Array[] }) => unknown;
type Stage = (() => Process) | { create: () => Process };

const [file = "", blocks = "1"] = process.argv.slice(2);
const laps: Record<string, number> = {};
const times: Record<string, number[]> = {};
Object.assign(globalThis, { laps });
const { default: pipeline } = (await import(pathToFileURL(file).href)) as {
  default: { stages: Record<string, Stage> };
};
const stages = Object.values(pipeline.stages).map((stage) =>
  typeof stage === "function" ? stage() : stage.create(),
);
const recording = noise(Number(blocks) * BLOCK_FRAMES);
for (let from = 0; from < recording.length; from += BLOCK_FRAMES) {
  const block = { channels: [recording.subarray(from, from + BLOCK_FRAMES)] };
  for (const stage of stages) await stage(block);
  for (const [name, ms] of Object.entries(laps)) {
    (times[name] ??= []).push(ms);
    laps[name] = 0;
  }
}
// A block in which another process had the core says nothing about the code; the median leaves it out.
const medians = Object.entries(times).map(([name, all]) => [name, median(all)]);
console.log(JSON.stringify(Object.fromEntries(medians)));
