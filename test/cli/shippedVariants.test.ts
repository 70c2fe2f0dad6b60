import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Run } from "../../src/core/run/run.ts";
import { verdictOf } from "../../src/core/variants/variants.ts";
import { waveflame } from "../support/commandLine.ts";
import { noise } from "../support/signals.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { wavFile } from "../support/wavFile.ts";

const FRAMES = 3 * 44_100;

/** As every room has: in bands that hold nothing, levels would be those of rounding. */
const BACKGROUND = noise(FRAMES);

/** Swelling tones with a strike twice a second, in stereo: what turns every stage of the chain on. */
const RECORDING = wavFile({
  sampleRate: 44_100,
  channels: 2,
  frames: FRAMES,
  sample: (frame, channel) => {
    const time = frame / 44_100;
    const strike = Math.exp(-40 * (time % 0.5)) * Math.sin(9000 * time * (time % 0.5));
    const tone = 0.5 * Math.sin(2 * Math.PI * (220 + 3 * channel) * time) * Math.sin(2 * time) ** 2;
    return tone + 0.6 * strike + 1e-4 * (BACKGROUND[frame] ?? 0);
  },
  encoding: "float32",
});

describe("the variants of the pipelines that ship", () => {
  const folder = temporaryFolder();

  for (const pipeline of ["mastering", "features"]) {
    it(`sound the same and find the same at every block size: ${pipeline}`, async () => {
      await writeFile(join(folder.path, "strikes.wav"), RECORDING);
      const args = ["profile", "strikes.wav", "--pipeline", pipeline, "--variants", "--json", "-"];
      const { code, out, error } = await waveflame(folder.path, [...args, "--set", "samplingMs=0"]);
      assert.equal(code, 0, error);
      const { variants, stages } = JSON.parse(out) as Run;
      assert.deepEqual(
        variants.map(({ name }) => name),
        [null, "plain"],
      );
      const [, plain] = variants;
      for (const { scope, name, variant } of plain!.stages.map((stage, index) => ({
        ...stages[index]!,
        ...stage,
      })))
        assert.equal(variant, scope === "file" ? null : "plain", name);
      // Below −120 dBFS at 64, 500 and 4096 frames a block.
      for (const { name, sound } of variants)
        assert.notEqual(verdictOf(sound), "differs", name ?? "as written");
      assert.equal(plain!.results.different, null);
      assert.ok(plain!.results.largestDifference < 1e-3, `${plain!.results.largestDifference}`);
    });
  }
});
