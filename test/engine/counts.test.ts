import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Counts } from "../../src/core/run/measured/counts.ts";
import type { Run } from "../../src/core/run/run.ts";

import {
  emitted,
  lineOf,
  MEASURE_LITTLE,
  profiledWorkspace,
  type Change,
  type Files,
} from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

const BLOCK = 256;
const BLOCKS = 20;
const CHANNELS = 2;
const RECORDING = {
  "recording.wav": wavFile({ sampleRate: 8000, frames: BLOCK * BLOCKS, channels: CHANNELS }),
};
const COUNTED: Change = { measure: { ...MEASURE_LITTLE, counts: true } };

describe("the counts of a run", () => {
  const workspace = profiledWorkspace();

  const profile = (files: Files, change: Change = {}): Promise<Run> =>
    workspace.profile({ ...RECORDING, ...files }, { ...COUNTED, ...change });

  async function countsOf(files: Files, change: Change = {}): Promise<Counts & { readonly blocks: number }> {
    const run = await profile(files, change);
    assert.ok(run.counts, JSON.stringify(run.findings));
    return { ...run.counts, blocks: run.counts.frames / BLOCK };
  }

  it("x", async () => {
    const main = `
import { helper } from "./helper.ts";
const TAPS = 7;
export default { name: "A", blockFrames: ${BLOCK}, stages: {
  a: () => ({ channels }: { channels: Float32Array[] }) => {
    for (const samples of channels) {
      for (let i = 0; i < samples.length; i++) {
        let sum = 0;
        for (let tap = 0; tap < TAPS; tap++) sum += samples[i - tap] ?? 0;
        samples[i] = sum;
      }
    }
    helper(3);
  },
  b: () => () => { helper(5); },
} };
`;
    const helper = `export function helper(n: number): number {
  let x = 0;
  while (n-- > 0) x += n;
  return x;
}
`;
    const run = await profile({ "main.pipeline.ts": main, "helper.ts": helper }, { samplingBudgetMs: 500 });
    console.log(JSON.stringify(run.counts, null, 1), run.passes, run.findings);
    void [emitted, lineOf, readFileSync, join, countsOf];
  });
});
