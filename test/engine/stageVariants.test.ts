import assert from "node:assert/strict";
import { steadyFindings } from "../support/findings.ts";
import { emitted, profiledWorkspace } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

/** Four segments of a second, blocks of 100 frames. */
const RECORDING = wavFile({ sampleRate: 1000, channels: 1, frames: 4000, sample: () => 0.5 });

const PIPELINE = `
import { definePipeline } from "waveflame";

const counting = (name) => ({ emit, parameters }) => {
  let frames = 0;
  return {
    process: (block) => { frames += block.frames; },
    finish: () => { emit(name, [frames, parameters.size ?? 0]); },
  };
};

export default definePipeline({
  name: "Variants",
  blockFrames: 100,
  stages: {
    count: {
      create: counting("in order"),
      variants: {
        other: counting("other"),
        apart: { create: counting("apart"), warmUp: ({ durationSeconds }) => (durationSeconds > 3 ? 0.2 : undefined) },
        odd: 7,
      },
      parameters: { size: 4096 },
    },
    plain: { create: counting("plain"), latencyFrames: ({ sampleRate }) => 0.005 * sampleRate },
  },
});
`;

describe("a stage with variants", () => {
  const workspace = profiledWorkspace();
  const files = { "count.pipeline.ts": PIPELINE, "recording.wav": RECORDING };
  const profile = (parameters: Record<string, string | number>) =>
    workspace.profile(files, { parameters, segmentSeconds: 1 });

  it("runs as written where none is picked, and says which there are", async () => {
    const run = await profile({});
    assert.deepEqual(emitted(run, "in order"), [[4000, 4096]]);
    assert.deepEqual(
      run.stages.map(({ variant, variants, latencyFrames }) => ({ variant, variants, latencyFrames })),
      [
        { variant: null, variants: ["other", "apart", "odd"], latencyFrames: 0 },
        { variant: null, variants: [], latencyFrames: 5 },
      ],
    );
  });

  it("is picked for all stages that have it, or for one stage", async () => {
    const all = await profile({ variant: "other", size: 64 });
    assert.deepEqual(emitted(all, "other"), [[4000, 64]]);
    assert.deepEqual(steadyFindings(all), []);
    const one = await profile({ "count.variant": "other" });
    assert.deepEqual(
      one.stages.map(({ variant }) => variant),
      ["other", null],
    );
  });

  it("may restart at segments where the one as written doesn't, and finishes each of them", async () => {
    const run = await profile({ variant: "apart" });
    // Each start but the first has heard two blocks before its segment.
    assert.deepEqual(
      emitted(run, "apart").map((value) => (value as number[])[0]),
      [1000, 1200, 1200, 1200],
    );
    assert.deepEqual(
      run.results.filter(({ name }) => name === "apart").map(({ time }) => time),
      [1, 2, 3, 4],
    );
  });

  it("says so where no stage has the variant", async () => {
    const run = await profile({ variant: "quick" });
    assert.deepEqual(
      steadyFindings(run).map(({ kind, text }) => [kind, text]),
      [["unknown-parameter", 'No stage has a variant "quick", so all ran as written. Check its spelling.']],
    );
  });

  it("refuses a variant that the named stage hasn't, or that is no implementation", async () => {
    await assert.rejects(
      profile({ "count.variant": "quick" }),
      /Stage "count" can't take its parameters: variant is "quick": give other, apart or odd, or leave that out for the stage as written\.$/,
    );
    await assert.rejects(
      profile({ "plain.variant": "quick" }),
      /Stage "plain" can't take its parameters: variant is "quick": it has none, so leave that out\.$/,
    );
    await assert.rejects(profile({ variant: "odd" }), /Variant "odd" of stage "count" is a number/);
  });
});
