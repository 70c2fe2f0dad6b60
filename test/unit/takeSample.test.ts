import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { takeSample } from "../../src/client/sample/sample.ts";

describe("a shipped pipeline in a workspace without one", () => {
  const sample = join(import.meta.dirname, "../../media/sample");
  let folder: string;
  let types: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "waveflame take "));
    types = join(folder, "types.d.ts");
    await writeFile(types, "// types");
  });
  afterEach(() => rm(folder, { recursive: true }));

  const take = (): Promise<string> =>
    takeSample(join(sample, "voice-level.pipeline.ts"), join(folder, "waveflame-sample"), types);

  it("is copied with the files that it needs, and without the others", async () => {
    assert.equal(await take(), join(folder, "waveflame-sample", "voice-level.pipeline.ts"));
    assert.deepEqual((await readdir(join(folder, "waveflame-sample"))).sort(), [
      "filters.ts",
      "music-bands.pipeline.ts",
      "pitch.ts",
      "tsconfig.json",
      "voice-level.pipeline.ts",
      "waveflame.d.ts",
    ]);
  });

  it("leaves what a person changed in an earlier copy", async () => {
    const path = await take();
    await writeFile(path, "// mine");
    await take();
    assert.equal(await readFile(path, "utf8"), "// mine");
  });
});
