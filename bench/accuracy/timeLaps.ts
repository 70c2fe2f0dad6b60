// A process of its own: runs a timed pipeline without the profiler and prints what each lap takes in a block, in ms. `timeLaps.ts FILE BLOCKS`
import { PerformanceObserver } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { noise } from "../recording.ts";
import { usualLaps, type Lap, type Pause } from "./laps/usualLaps.ts";
import { BLOCK_FRAMES } from "./shape.ts";

type Process = (block: { channels: Float32Array[] }) => unknown;
type Stage = (() => Process) | { create: () => Process };

const [file = "", blocks = "1"] = process.argv.slice(2);
const laps: Lap[] = [];
const pauses: Pause[] = [];
Object.assign(globalThis, { laps });
new PerformanceObserver((list) => {
  pauses.push(...list.getEntries().map(({ startTime, duration }) => ({ at: startTime, ms: duration })));
}).observe({ type: "gc" });
const { default: pipeline } = (await import(pathToFileURL(file).href)) as {
  default: { stages: Record<string, Stage> };
};
const stages = Object.values(pipeline.stages).map((stage) =>
  typeof stage === "function" ? stage() : stage.create(),
);
const recording = noise(Number(blocks) * BLOCK_FRAMES);
const byBlock: Lap[][] = [];
for (let from = 0; from < recording.length; from += BLOCK_FRAMES) {
  const block = { channels: [recording.subarray(from, from + BLOCK_FRAMES)] };
  for (const stage of stages) await stage(block);
  byBlock.push(laps.splice(0));
}
// Node tells of a collection some turns later.
await setTimeout(20);
console.log(JSON.stringify(usualLaps(byBlock, pauses)));
