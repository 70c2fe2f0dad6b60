// A thread of its own: two functions take turns under the engine's sampler; answers how their samples were joined.
import { parentPort, workerData } from "node:worker_threads";
import { now } from "../../src/engine/worker/measuring/clock.ts";
import { Sampler } from "../../src/engine/worker/measuring/sampler.ts";
import type { AlternatingTask, Joined } from "./sampleSpans.ts";

const { intervalUs, spanMs, spans } = workerData as AlternatingTask;

function tick(until: number): number {
  let level = 0.5;
  while (now() < until) for (let i = 0; i < 2000; i += 1) level = 1 / (level + 1);
  return level;
}

function tock(until: number): number {
  let level = 0.5;
  while (now() < until) for (let i = 0; i < 2000; i += 1) level = 1 / (level + 2);
  return level;
}

/** No stage's frame stands above these, so that nothing but the time tells whose span a sample fell into. */
const FUNCTIONS = [tick, tock];

const sampler = new Sampler("");
sampler.start(intervalUs);
for (let span = 0; span < spans; span += 1) {
  const stage = span % FUNCTIONS.length;
  const began = now();
  FUNCTIONS[stage]?.(began + spanMs);
  sampler.span(stage, began, now(), false);
}
const { tree } = sampler.stop();

const joined: { -readonly [Key in keyof Joined]: number } = { right: 0, wrong: 0 };
for (const [node, , ticks] of tree.ticks) {
  const found = FUNCTIONS.findIndex(({ name }) => name === tree.name[node]);
  if (found >= 0) joined[tree.stage[node] === found ? "right" : "wrong"] += ticks;
}
parentPort?.postMessage(joined);
