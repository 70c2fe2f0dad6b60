import assert from "node:assert/strict";
import { profiledWorkspace } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

/** Each stage asks for what isn't to be had; the first and the last one may be at work on two lanes. */
const PIPELINE = `
import { noteFallback } from "waveflame";
const without = (wanted) => () => {
  noteFallback({ wanted, taken: "the slow way", reason: "it isn't there" });
  return ({ channels: [left] }) => { for (let n = 0; n < left.length; n++) left[n] = Math.sin(left[n]); };
};
export default {
  name: "Slow",
  stages: {
    first: without("fast filters"),
    middle: { create: without("fast sines"), scope: "block" },
    last: without("fast spectra"),
  },
};
`;

describe("fallbacks of stages on several lanes", () => {
  const workspace = profiledWorkspace();
  const recording = wavFile({ frames: 160_000, sample: (frame) => Math.sin(frame) / 2 });

  for (const workers of [1, 2, 3]) {
    it(`are all in the run, once each, with ${workers === 1 ? "one worker" : `${workers} workers`}`, async () => {
      const run = await workspace.profile(
        { "recording.wav": recording, "slow.pipeline.ts": PIPELINE },
        // Beside another run no pass has all stages on the first lane.
        { workers, segmentSeconds: 1, jobs: 2 },
      );
      assert.equal(run.workers.used, workers);
      const texts = run.findings.filter(({ kind }) => kind === "fallback").map(({ text }) => text);
      assert.deepEqual(texts.map((text) => text.split(" can't")[0]).sort(), [
        "Fast filters",
        "Fast sines",
        "Fast spectra",
      ]);
    });
  }
});
