// A process that does nothing but the work: it says when it is warm, works when it is told to, and says how long it took.
import { work } from "./kernel.ts";

const [, , frames = "0"] = process.argv;
const BLOCK = 4096;
const block = new Float32Array(BLOCK).fill(0.3);

function workThrough(count: number): void {
  for (let done = 0; done < count; done += BLOCK) work(block);
}

workThrough(50 * BLOCK);
process.on("message", () => {
  const began = performance.now();
  workThrough(Number(frames));
  process.send?.(performance.now() - began);
});
process.send?.("warm");
