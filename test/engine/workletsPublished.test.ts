import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import type { Run } from "../../src/core/run/run.ts";
import { emitted, profiledWorkspace } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

const { resolve } = createRequire(import.meta.url);
const SUPPRESSOR = "@sapphi-red/web-noise-suppressor";
const RATE = 48_000;
const SECONDS = 4;

/** White noise, the same each time: a linear congruential generator. */
function noise(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** Emits each block's level, so that what came out can be measured. */
const LEVEL = `level: ({ emit }) => ({ channels: [samples] }) => {
  let sum = 0;
  for (const x of samples) sum += x * x;
  emit("rms", Math.sqrt(sum / samples.length));
}`;

/** As they are published: the package's own file, named by a pipeline. */
describe("AudioWorklet processors of others, unchanged", () => {
  const workspace = profiledWorkspace();

  function profile(file: string, options: string, recording: Uint8Array): Promise<Run> {
    const url = pathToFileURL(resolve(file)).href;
    const text = `import { readFileSync } from "node:fs";
import { definePipeline, worklet } from "waveflame";
const wasm = (path) => { const bytes = readFileSync(path); return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length); };
export default definePipeline({ name: "Published", stages: {
  theirs: worklet(${JSON.stringify(url)}, ${options}),
  ${LEVEL},
} });
`;
    return workspace.profile(
      { "main.pipeline.mjs": text, "recording.wav": recording },
      { samplingBudgetMs: 400 },
    );
  }

  /** RMS over seconds of what came out. */
  function levelBetween(run: Run, from: number, to: number): number {
    const blocks = run.results.filter(({ name, time }) => name === "rms" && time >= from && time < to);
    return Math.sqrt(blocks.reduce((sum, { value }) => sum + Number(value) ** 2, 0) / blocks.length);
  }

  /** Their lines have the stage's time. */
  function assertAttributed(run: Run, file: string): void {
    const theirs = run.lines.filter((line) => line.stage === "theirs");
    const own = theirs.filter((line) => basename(line.file) === basename(resolve(file)));
    const shareOf = (lines: Run["lines"]): number => lines.reduce((sum, { totalMs }) => sum + totalMs, 0);
    assert.ok(own.length > 0, JSON.stringify(run.lines));
    assert.ok(shareOf(own) >= 0.9 * shareOf(theirs));
    assert.equal(run.pipeline.blockFrames, 128);
  }

  it("find the tempo of a click track (realtime-bpm-analyzer)", async () => {
    const beat = RATE / 2;
    const click = (frame: number): number =>
      frame % beat < 2400
        ? Math.sin((2 * Math.PI * 90 * (frame % beat)) / RATE) * Math.exp(-(frame % beat) / 900)
        : 0;
    const recording = wavFile({ sampleRate: RATE, frames: 20 * RATE, sample: click });
    const file = "realtime-bpm-analyzer/processor";
    const run = await profile(file, "{ processorOptions: {} }", recording);
    const last = emitted(run, "message")
      .map((message) => message as { type: string; data: { bpm: { tempo: number }[] } })
      .findLast(({ type }) => type === "bpm");
    assert.equal(last?.data.bpm[0]?.tempo, 120);
    assertAttributed(run, file);
  });

  it("close on what is quieter than their threshold, and leave the rest as it is (noise gate)", async () => {
    const recording = wavFile({
      sampleRate: RATE,
      encoding: "float32",
      frames: SECONDS * RATE,
      sample: (frame) => (frame < 2 * RATE ? 0.5 : 0.001) * Math.sin((2 * Math.PI * 375 * frame) / RATE),
    });
    const file = `${SUPPRESSOR}/noiseGateWorklet.js`;
    const options = `{ processorOptions: { openThreshold: -40, closeThreshold: -50, holdMs: 100, maxChannels: 2 } }`;
    const run = await profile(file, options, recording);
    // A sine of 375 Hz has whole periods in a quantum: its RMS is the amplitude over √2.
    assert.ok(Math.abs(levelBetween(run, 0.01, 2) - 0.5 / Math.SQRT2) < 1e-6);
    assert.equal(levelBetween(run, 2.2, SECONDS), 0);
    assertAttributed(run, file);
  });

  for (const [name, worklet, wasm] of [
    ["RNNoise", "rnnoiseWorklet.js", "rnnoise.wasm"],
    ["Speex", "speexWorklet.js", "speex.wasm"],
  ] as const) {
    it(`take steady noise away, in WebAssembly that they compile themselves (${name})`, async () => {
      const next = noise();
      const recording = wavFile({
        sampleRate: RATE,
        encoding: "float32",
        frames: SECONDS * RATE,
        sample: () => 0.1 * next(),
      });
      const file = `${SUPPRESSOR}/${worklet}`;
      const path = JSON.stringify(resolve(`${SUPPRESSOR}/${wasm}`));
      const run = await profile(
        file,
        `{ processorOptions: { maxChannels: 1, wasmBinary: wasm(${path}) } }`,
        recording,
      );
      // Uniform noise of amplitude a has the RMS a / √3.
      const reduction = 20 * Math.log10(levelBetween(run, 2, SECONDS) / (0.1 / Math.sqrt(3)));
      assert.ok(reduction < -3 && reduction > -120, `${reduction} dB`);
      assert.ok(run.callTree.functions.some(({ kind }) => kind === "wasm"));
      assertAttributed(run, file);
    });
  }
});
