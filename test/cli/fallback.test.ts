import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Run } from "../../src/core/run/run.ts";
import { ROOT, startWaveflame } from "../support/commandLine.ts";
import { steadyFindings } from "../support/findings.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { wavFile } from "../support/wavFile.ts";

describe("a fast path that isn't to be had", () => {
  const folder = temporaryFolder();

  /** A copy of what ships, which can be damaged. */
  const ownCopy = async (): Promise<string> => {
    const copy = join(folder.path, "waveflame");
    const filter = (path: string): boolean =>
      !basename(path).endsWith(".vsix") && !basename(path).startsWith(".");
    await cp(join(ROOT, "dist"), join(copy, "dist"), { recursive: true, filter });
    await cp(join(ROOT, "package.json"), join(copy, "package.json"));
    return copy;
  };

  it("gives way to the slow one, and the run says so", async () => {
    const copy = await ownCopy();
    for (const name of ["kernels.wasm", "pffft.wasm"]) await rm(join(copy, "dist", "library", name));
    await writeFile(
      join(folder.path, "tone.wav"),
      wavFile({ sampleRate: 44_100, channels: 2, frames: 44_100 }),
    );
    const args = ["profile", "tone.wav", "--pipeline", "mastering", "--json", "-", "--set", "samplingMs=0"];
    const { code, out, error } = await startWaveflame(folder.path, args, {}, join(copy, "dist", "cli.cjs"))
      .ended;
    assert.equal(code, 0, error);
    const fallbacks = (JSON.parse(out) as Run).findings.filter(({ kind }) => kind === "fallback");
    assert.deepEqual(
      fallbacks.map(({ severity }) => severity),
      ["warning", "warning"],
    );
    const texts = fallbacks.map(({ text }) => text).join("\n");
    assert.match(texts, /compiled loops can't be used here \(.*kernels\.wasm.*\), so .* ran instead/i);
    assert.match(texts, /pffft.* can't be used here/i);
  });

  it("is named where ffmpeg decodes instead of Waveflame", async function () {
    if (spawnSync("ffmpeg", ["-version"]).error) {
      console.log("      only where ffmpeg is installed");
      this.skip();
    }
    const copy = await ownCopy();
    await rm(join(copy, "dist", "library", "decoders", "flac.mjs"));
    await cp(join(ROOT, "test", "fixtures", "audio", "short.flac"), join(folder.path, "short.flac"));
    const args = ["profile", "short.flac", "--pipeline", "features", "--json", "-", "--set", "samplingMs=0"];
    const { code, out, error } = await startWaveflame(folder.path, args, {}, join(copy, "dist", "cli.cjs"))
      .ended;
    assert.equal(code, 0, error);
    const [fallback] = (JSON.parse(out) as Run).findings.filter(({ kind }) => kind === "fallback");
    assert.match(
      String(fallback?.text),
      /^The decoder for FLAC.* can't be used here .* so ffmpeg ran instead/,
    );
  });

  it("is none where everything is in its place", async () => {
    await writeFile(
      join(folder.path, "tone.wav"),
      wavFile({ sampleRate: 44_100, channels: 2, frames: 44_100 }),
    );
    const args = ["profile", "tone.wav", "--pipeline", "mastering", "--json", "-", "--set", "samplingMs=0"];
    const { out } = await startWaveflame(folder.path, args).ended;
    assert.deepEqual(steadyFindings(JSON.parse(out) as Run), []);
  });
});
