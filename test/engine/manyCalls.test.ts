import assert from "node:assert/strict";
import type { Run } from "../../src/core/run/run.ts";
import { MEASURE_LITTLE, profiledWorkspace } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

const SAMPLE_RATE = 16_000;
const BLOCK_FRAMES = 32;
const MEASURE = { ...MEASURE_LITTLE, memory: true, collections: true, causes: true };
/** Characters of a saved run: what is kept of blocks and calls is limited, whatever their number. */
const MOST_SAVED = 2 ** 20;

const TINY = `
let sum = 0;
const some = () => () => { sum += 1; };
export default { blockFrames: ${BLOCK_FRAMES}, stages: {
  first: some,
  anywhere: { scope: "block", create: some },
  last: () => ({ channels: [samples] }) => { samples[0] = 1; },
} };`;

describe("a pipeline of tiny stages and short blocks", () => {
  const workspace = profiledWorkspace();
  const profile = (seconds: number, text = TINY, workers = 1): Promise<Run> =>
    workspace.profile(
      {
        "tiny.pipeline.mjs": text,
        "recording.wav": wavFile({ sampleRate: SAMPLE_RATE, frames: seconds * SAMPLE_RATE }),
      },
      { measure: MEASURE, workers },
    );

  for (const workers of [1, 2]) {
    it(`has each of some hundred thousand calls counted on ${workers === 1 ? "one worker" : "two"}, and a run that stays small`, async () => {
      const seconds = 240;
      const run = await profile(seconds, TINY, workers);
      const blocks = (seconds * SAMPLE_RATE) / BLOCK_FRAMES;
      assert.deepEqual(
        run.stages.map(({ calls }) => calls),
        [blocks, blocks, blocks],
      );
      const [timed] = run.passes;
      assert.equal(timed?.spans, 3 * blocks);
      for (const { block, selfMs } of run.stages) assert.ok(block.p50 > 0 && block.p50 * blocks < 2 * selfMs);
      assert.equal(
        run.slowBlocks?.byCause.reduce((sum, { count }) => sum + count, 0),
        run.slowBlocks?.count,
      );
      const saved = JSON.stringify(run).length;
      assert.ok(saved < MOST_SAVED, `${saved} characters`);
    });
  }

  it("is told its waits for each of some ten thousand promises", async () => {
    const seconds = 40;
    const text = `
export default { blockFrames: ${BLOCK_FRAMES}, stages: {
  waits: () => ({ startFrame }) => startFrame % ${SAMPLE_RATE} === 0
    ? new Promise((resolve) => setTimeout(resolve, 100)) : Promise.resolve(),
} };`;
    const run = await profile(seconds, text);
    const [stage] = run.stages;
    assert.equal(stage?.calls, (seconds * SAMPLE_RATE) / BLOCK_FRAMES);
    assert.equal(stage.asynchronous, true);
    // Forty waits of a tenth of a second aren't work, and neither are they left out of the time that passed.
    assert.ok((timedMs(run) ?? 0) > 4000, `${timedMs(run)} ms`);
    assert.ok(stage.selfMs < 2000, `${stage.selfMs} ms`);
  });
});

const timedMs = (run: Run): number | undefined => run.passes.find(({ kind }) => kind === "timed")?.wallMs;
