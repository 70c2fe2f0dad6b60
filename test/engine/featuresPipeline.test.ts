import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "../../src/core/run/run.ts";
import { compareResults } from "../../src/core/variants/compareResults.ts";
import { emitted, profiledWorkspace } from "../support/profiledWorkspace.ts";
import { wavFile, type WavOptions } from "../support/wavFile.ts";

const PIPELINE = join(import.meta.dirname, "../../dist/pipelines/features/features.pipeline.ts");
const RATE = 16_000;

/** A sine of 1 kHz at amplitude 0.5, with a click every half second. */
const CLICKS: WavOptions = {
  sampleRate: RATE,
  channels: 1,
  frames: 2 * RATE,
  sample: (frame) =>
    frame % (RATE / 2) === RATE / 4 ? 1 : 0.1 * Math.sin((2 * Math.PI * 1000 * frame) / RATE),
  encoding: "float32",
};
const SINE: WavOptions = {
  ...CLICKS,
  sample: (frame) => 0.5 * Math.sin((2 * Math.PI * 1000 * frame) / RATE),
};

interface Statistics {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

const near = (found: number, expected: number, within: number, what: string): void =>
  assert.ok(Math.abs(found - expected) <= within, `${what} is ${found}, not ${expected} ± ${within}`);

describe("the features pipeline", () => {
  const workspace = profiledWorkspace();
  const features = (recording: WavOptions, parameters: Record<string, string | number> = {}): Promise<Run> =>
    workspace.profile({ "recording.wav": wavFile(recording) }, { pipeline: PIPELINE, parameters });

  const only = (run: Run, name: string): unknown => emitted(run, name)[0];

  for (const variant of ["plain", "as written"]) {
    it(`finds what a sine has, ${variant}`, async () => {
      const run = await features(SINE, { variant });
      const energy = only(run, "energy") as { mean: number; deviation: number };
      // A frame of 512 holds 32 periods exactly: a²/2, the same in each.
      near(energy.mean, 0.125, 1e-6, "The mean energy");
      near(energy.deviation, 0, 1e-6, "Its deviation");
      const centroid = only(run, "centroid") as { mean: number };
      near(centroid.mean, 1000, 1, "The centroid");

      // A Hann window of 512 halves the sine: 0.5 · 512 / 4 at bin 32, half of it beside.
      const { mean } = only(run, "spectrogram") as Statistics;
      near(mean[32] ?? NaN, 20 * Math.log10(64), 1e-3, "The level at 1 kHz");
      near(mean[31] ?? NaN, 20 * Math.log10(32), 1e-3, "The level below");

      // Without a window, bin 128 of 2048: (0.5 · 2048 / 2)², and nothing elsewhere.
      const spectrum = only(run, "mean spectrum") as readonly number[];
      near((spectrum[128] ?? NaN) / 512 ** 2, 1, 1e-5, "The power at 1 kHz");
      assert.ok(Math.max(...spectrum.filter((_, bin) => bin !== 128)) < 1e-3);
    });
  }

  it("finds the clicks of a track, to half a frame", async () => {
    const run = await features(CLICKS);
    const onsets = run.results.filter(({ name }) => name === "onset").map(({ time }) => time);
    assert.equal(onsets.length, 4, onsets.join());
    onsets.forEach((time, index) => near(time, 0.25 + index / 2, 256 / RATE, `Onset ${index}`));
  });

  it("gives the same, plain and as written, in blocks of any length", async () => {
    const written = await features(CLICKS);
    for (const blockFrames of [64, 500, 4096]) {
      const plain = await workspace.profile(
        { "recording.wav": wavFile(CLICKS) },
        { pipeline: PIPELINE, parameters: { variant: "plain" }, blockFrames },
      );
      const { different, largestDifference, numbers } = compareResults(written.results, plain.results);
      assert.equal(different, null);
      assert.ok(numbers > 500 && largestDifference < 1e-3, `${numbers} numbers, ${largestDifference}`);
    }
  });

  it("writes what it found where it is asked to, and nothing elsewhere", async () => {
    await features(CLICKS, { "report.json": "features.json", "report.csv": "onsets.csv" });
    const [head, ...rows] = readFileSync(join(workspace.path, "onsets.csv"), "utf8").trim().split("\n");
    assert.equal(head, "recording,onset in s");
    assert.equal(rows.length, 4);
    assert.ok(rows.every((row) => row.startsWith('"recording.wav",')));
    const saved = JSON.parse(readFileSync(join(workspace.path, "features.json"), "utf8")) as Record<
      string,
      unknown
    >;
    assert.deepEqual(Object.keys(saved), [
      "pipeline",
      "recording",
      "energy",
      "centroid",
      "mfcc",
      "spectrogram",
      "meanSpectrum",
      "onsets",
    ]);
  });

  it("says before it begins where it can't write", async () => {
    const failure = await workspace.failure(
      { "recording.wav": wavFile(SINE), taken: "" },
      { pipeline: PIPELINE, parameters: { "report.json": "taken/features.json" } },
    );
    assert.equal(
      failure.message,
      `Stage "report" can't take its parameters: json is "taken/features.json": features.json can't be written: ${join(workspace.path, "taken")} isn't a folder. Choose another place.`,
    );
  });

  it("writes a table without onsets that says of which recording, again for that one alone", async () => {
    const silence = { ...SINE, sample: () => 0 };
    const parameters = { "report.csv": "onsets.csv" };
    for (let time = 0; time < 2; time++) await features(silence, parameters);
    const table = 'recording,onset in s\n"recording.wav",\n';
    assert.equal(readFileSync(join(workspace.path, "onsets.csv"), "utf8"), table);
    const other = { "other.wav": wavFile(silence) };
    await workspace.failure(other, {
      pipeline: PIPELINE,
      audio: join(workspace.path, "other.wav"),
      parameters,
    });
    assert.equal(readFileSync(join(workspace.path, "onsets.csv"), "utf8"), table);
  });
});
