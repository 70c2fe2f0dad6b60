import assert from "node:assert/strict";
import { emitted, lineOf, profiledWorkspace } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

const BLOCKS = 40;
const RECORDING = wavFile({ sampleRate: 1000, frames: BLOCKS * 100 });

describe("an asynchronous stage", () => {
  const workspace = profiledWorkspace();

  it("is charged for its work and not for its waiting, and is called once for each block", async () => {
    const pipeline = `
import { setTimeout as pause } from "node:timers/promises";
let made = 0;
let calls = 0;
const work = (samples: Float32Array): void => {
  let sum = 0;
  for (let turn = 0; turn < 3000; turn++) for (const x of samples) sum += Math.sqrt(x * x + turn); // HERE
  samples[0] = sum;
};
export default { name: "Waits", blockFrames: 100, stages: {
  waits: ({ emit }) => {
    made += 1;
    return async (block) => {
      calls += 1;
      emit("calls", calls);
      emit("made", made);
      await pause(5);
      const began = performance.now();
      work(block.channels[0]);
      emit("ms", performance.now() - began);
    };
  },
  after: ({ emit }) => (block) => emit("after", block.channels[0][0] > 1),
} };
`;
    const run = await workspace.profile(
      { "waits.pipeline.ts": pipeline, "recording.wav": RECORDING },
      { samplingBudgetMs: 200, workers: 2 },
    );
    const [waits] = run.stages;
    assert.ok(waits);
    assert.equal(waits.asynchronous, true);
    assert.equal(waits.calls, BLOCKS);
    assert.ok(waits.wallMs >= BLOCKS * 5, `${waits.wallMs} ms from call to end`);
    const workMs = emitted(run, "ms").reduce((sum: number, ms) => sum + Number(ms), 0);
    const difference = Math.abs(waits.selfMs - workMs);
    assert.ok(difference < 0.2 * BLOCKS * 5, `${waits.selfMs} ms instead of the ${workMs} ms it took`);
    assert.equal(run.totals.deadline, null);

    assert.deepEqual(
      emitted(run, "calls"),
      Array.from({ length: BLOCKS }, (_, call) => call + 1),
    );
    assert.deepEqual(new Set(emitted(run, "made")), new Set([1]));
    assert.deepEqual(emitted(run, "after"), Array<boolean>(BLOCKS).fill(true));
    assert.deepEqual(
      run.passes.map(({ kind, sampled }) => [kind, sampled]),
      [["timed", true]],
    );
    assert.ok(run.findings.some(({ kind }) => kind === "sampled-while-timed"));

    const [hottest] = run.lines;
    assert.equal(hottest?.line, lineOf(pipeline, "HERE"));
    assert.equal(hottest.stage, "waits");
  });

  it("has lines for what ran long before its first promise, when nothing was sampled yet", async () => {
    // V8 would forget the lines of some of them, by chance.
    const stages = Array.from(
      { length: 8 },
      (_, stage) => `stage${stage}: () => {
    let calls = 0;
    return ({ channels: [samples] }) => {
      let level = samples[0];
      for (let turn = 0; turn < 100000; turn++) level = level * 0.75 + 0.1;
      for (let turn = 0; turn < 40000; turn++) level = 1 / (level + 1);
      samples[0] = level;
      calls += 1;
      return calls > 100 ? Promise.resolve() : undefined;
    };
  }`,
    );
    const pipeline = `export default { name: "Late", blockFrames: 100, stages: { ${stages.join(", ")} } };`;
    const run = await workspace.profile({
      "late.pipeline.mjs": pipeline,
      "recording.wav": wavFile({ sampleRate: 1000, frames: 300 * 100 }),
    });
    const inLines = run.lines.reduce((sum, { share }) => sum + share, 0);
    assert.ok(inLines > 0.97, `${inLines} of the stages' time is on a line`);
  });

  it("leaves the blocks their deadline where it is a file stage, which no block goes through", async () => {
    const run = await workspace.profile({
      "report.pipeline.mjs": `export default { blockFrames: 100, stages: {
  gain: () => ({ channels }) => { channels[0][0] *= 2; },
  report: { scope: "file", create: () => async () => { await null; } },
} };`,
      "recording.wav": RECORDING,
    });
    const { deadline } = run.totals;
    assert.equal(run.stages[1]?.asynchronous, true);
    assert.equal(deadline?.blocks, BLOCKS);
    assert.equal(deadline.budgetMs, 100);
  });

  it("that fails after some blocks was never called again for them", async () => {
    const failure = await workspace.failure({
      "counts.pipeline.mjs": `let calls = 0;
export default { blockFrames: 100, stages: { counts: () => async ({ time }) => {
  calls += 1;
  await null;
  if (time === 3) throw new Error(calls + " calls");
} } };`,
      "recording.wav": RECORDING,
    });
    assert.match(failure.message, /: 31 calls\./);
  });
});
