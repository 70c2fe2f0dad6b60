import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openSample } from "../../src/client/sample/sample.ts";
import { hotLines } from "../../src/core/lines/hotLines.ts";
import type { Run } from "../../src/core/run/run.ts";
import { ROOT, waveflame } from "../support/commandLine.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("the sample workspace", () => {
  const folder = temporaryFolder();

  beforeEach(async () => {
    const types = join(ROOT, "dist", "library", "waveflame.d.ts");
    await openSample(join(ROOT, "media", "sample"), folder.path, types);
  });

  async function profiled(recording: string, pipeline: string): Promise<Run> {
    const args = ["profile", recording, "--pipeline", pipeline, "--json", "-", "--set", "samplingMs=500"];
    const { code, out, error } = await waveflame(folder.path, args);
    assert.equal(code, 0, error);
    return JSON.parse(out) as Run;
  }

  /** The share of the lines of a file that hold one of these texts. */
  async function shareOf(run: Run, file: string, texts: readonly string[]): Promise<number> {
    const code = (await readFile(join(folder.path, file), "utf8")).split("\n");
    return hotLines(run, 0)
      .filter((line) => line.file === file && texts.some((text) => code[line.line - 1]?.includes(text)))
      .reduce((sum, { share }) => sum + share, 0);
  }

  const numbers = ({ results }: Run, name: string): number[] =>
    results.filter((one) => one.name === name).map(({ value }) => Number(value));

  it("has a hot spot in the voice pipeline, which hears the pitch that was made", async () => {
    const run = await profiled("speech.wav", "voice-level.pipeline.ts");
    assert.deepEqual(
      run.stages.map(({ name, scope }) => `${name} ${scope}`),
      ["gate stream", "envelope stream", "pitch stream", "statistics file"],
    );
    assert.deepEqual(
      run.pipeline.files.map(({ file }) => file),
      ["voice-level.pipeline.ts", "pitch.ts"],
    );
    assert.ok((await shareOf(run, "pitch.ts", ["product +=", "nergy +=", "i = delay"])) > 0.5);
    // The generator speaks at 118 to 138 Hz, falling from 115 to 85 % of that in a phrase.
    const [pitch = 0] = numbers(run, "median pitch");
    assert.ok(pitch > 118 * 0.85 && pitch < 138 * 1.15, `${pitch} Hz`);
    const [speech = 0] = numbers(run, "speech share");
    assert.ok(speech > 0.4 && speech < 0.95, `${speech} of the recording is speech`);
  });

  it("has a hot spot in the music pipeline, whose bands agree with what is played", async () => {
    const run = await profiled("music.wav", "music-bands.pipeline.ts");
    assert.deepEqual(
      run.pipeline.files.map(({ file }) => file),
      ["music-bands.pipeline.ts", "filters.ts"],
    );
    const window = await shareOf(run, "filters.ts", ["const window ="]);
    assert.ok(window > 0.15, `the window has a share of ${window}`);
    const shared = run.lines.filter(({ file, stage }) => file === "filters.ts" && stage === "limiter");
    assert.ok(
      shared.some(({ line }) => run.lines.some((one) => one.line === line && one.stage === "compressor")),
    );
    const [difference = 0] = numbers(run, "bass minus treble");
    assert.ok(difference > 6, `bass is ${difference} dB above treble`);
    assert.equal(run.results.filter(({ name }) => name === "spectrum").length, Math.ceil(441_000 / 2048));
  });
});
