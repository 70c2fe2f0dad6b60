import assert from "node:assert/strict";
import type { Run } from "../../src/core/run/run.ts";
import { emitted, MEASURE_LITTLE, profiledWorkspace, type Files } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

const SAMPLE_RATE = 1000;
const BLOCK_FRAMES = 100;
const BLOCKS = 40;
/** Everything that looks at a pipeline while it runs. */
const MEASURE = { ...MEASURE_LITTLE, memory: true, collections: true, causes: true, io: true, counts: true };

/** The first stage takes 2 ms a block by a clock that nobody changes, and the second next to nothing. */
const pipeline = (atLoading: string, inStage = ""): Files => ({
  "changes.pipeline.mjs": `
const clock = performance.now.bind(performance);
${atLoading}
let blocks = 0;
export default { name: "Changes", blockFrames: ${BLOCK_FRAMES}, stages: {
  works: ({ emit }) => ({ time }) => {
    for (const end = clock() + 2; clock() < end;);
    if (blocks++ === 3) { ${inStage} }
    emit("time", time);
  },
  rests: () => ({ channels: [samples] }) => { samples[0] = 1; },
} };`,
  "recording.wav": wavFile({ sampleRate: SAMPLE_RATE, frames: BLOCKS * BLOCK_FRAMES }),
});

/** What does the same as before, only by way of the pipeline. */
const wrapped = (holder: string, name: string): string =>
  `{ const own = ${holder}${name}; ${holder}${name} = function (...given) { return own.apply(this, given); }; }`;

describe("a pipeline that changes the runtime under the profiler", () => {
  const workspace = profiledWorkspace();

  const assertRight = (run: Run): void => {
    const [works, rests] = run.stages;
    assert.deepEqual([works?.calls, rests?.calls], [BLOCKS, BLOCKS]);
    const each = (works?.selfMs ?? 0) / BLOCKS;
    assert.ok(each >= 2 && each < 20, `${each} ms a block`);
    assert.ok((rests?.selfMs ?? Infinity) < (works?.selfMs ?? 0) / 4, `${rests?.selfMs} ms`);
    const times = Array.from({ length: BLOCKS }, (_, block) => (block * BLOCK_FRAMES) / SAMPLE_RATE);
    assert.deepEqual(emitted(run, "time"), times);
    assert.ok(run.lines.length > 0 && run.lines[0]?.stage === "works", JSON.stringify(run.lines[0]));
    assert.equal(run.totals.deadline?.blocks, BLOCKS);
    assert.equal(run.state, "complete");
  };

  for (const [what, change] of [
    [
      "an enumerable property of all arrays and objects",
      `Array.prototype.last = function () { return this[this.length - 1]; }; Object.prototype.tag = "x";`,
    ],
    [
      "push, map, sort and the iterator of arrays, for what does the same",
      [
        wrapped("Array.prototype", ".push"),
        wrapped("Array.prototype", ".map"),
        wrapped("Array.prototype", ".sort"),
        wrapped("Array.prototype", "[Symbol.iterator]"),
      ].join("\n"),
    ],
    [
      "performance.now and Date.now for a clock that stands",
      "performance.now = () => 0; Date.now = () => 0;",
    ],
    [
      "process.hrtime, memoryUsage and Math.random",
      `process.hrtime = () => [0, 0]; process.hrtime.bigint = () => 0n; process.memoryUsage = () => ({ heapUsed: 1 }); Math.random = () => 0.5;`,
    ],
  ] as const) {
    it(`gets figures that are right where it replaces ${what}`, async () => {
      assertRight(await workspace.profile(pipeline(change), { measure: MEASURE }));
      // In the middle, when all of it is in use.
      assertRight(await workspace.profile(pipeline("", change), { measure: MEASURE }));
    });
  }

  for (const [name, change] of [
    ["Array.prototype.map", "Array.prototype.map = () => [];"],
    ["Array.prototype.push", "Array.prototype.push = () => 0;"],
    ["Array.prototype.sort", "Array.prototype.sort = function () { return this; };"],
    ["Array.prototype[Symbol.iterator]", "Array.prototype[Symbol.iterator] = function* () {};"],
    ["Map.prototype", "Map.prototype.get = () => undefined;"],
    [
      "Float64Array.prototype.slice",
      "Object.getPrototypeOf(Float64Array.prototype).slice = () => new Float64Array(0);",
    ],
    ["Math.max", "Math.max = () => 0;"],
    ["Float64Array", "globalThis.Float64Array = class {};"],
  ] as const) {
    it(`is told in one sentence that it breaks ${name}`, async () => {
      for (const files of [pipeline(change), pipeline("", change)]) {
        const { message } = await workspace.failure(files, { measure: MEASURE, stallSeconds: 2 });
        assert.equal(
          message,
          `changes.pipeline.mjs, or what it loads, replaces ${name} by something that works otherwise, and the profiler calls it in the same thread: no figure would be right. Keep such changes to functions of your own.`,
        );
      }
    });
  }
});
