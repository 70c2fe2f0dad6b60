import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { spool } from "../../src/engine/audio/spool.ts";
import { RenderedAudio, type RenderedFor } from "../../src/engine/pool/renderedAudio.ts";
import { temporaryFolderVariable } from "../../src/engine/workFile.ts";
import { openAudioFile } from "../../src/library/audio/openAudioFile.ts";
import { fixturePath } from "../support/audioFixtures.ts";
import { onFullDisk } from "../support/fullDisk.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const FILE_STAGE: RenderedFor = "A file stage hears the recording again from";
const VARIABLE = process.platform === "win32" ? "TEMP" : "TMPDIR";

describe("what a run keeps on disk", () => {
  const folder = temporaryFolder();
  const work = (): string => join(folder.path, "work");
  const spooled = async (): Promise<void> => {
    const file = await openAudioFile(fixturePath("short.flac"));
    const { signal } = new AbortController();
    const source = await spool(file, { workFolder: work(), signal, onProgress: () => undefined });
    await source.close();
  };
  const rendered = async (): Promise<void> => {
    const audio = await RenderedAudio.create(work(), FILE_STAGE);
    await audio.close();
  };

  for (const [what, name, write] of [
    ["the decoded recording", "decoded.f32", spooled],
    ["the rendered one", "rendered.f32", rendered],
  ] as const) {
    it(`is nobody else's to read: ${what}`, async function () {
      // Windows has no modes; there everybody has a folder for temporary files.
      if (process.platform === "win32") this.skip();
      await write();
      const modes = [work(), join(work(), name)].map((path) => (statSync(path).mode & 0o777).toString(8));
      assert.deepEqual(modes, ["700", "600"]);
    });
  }

  it("says on a full disk who needs it, and what to do", async () => {
    const audio = { sampleRate: 8000, startFrame: 0, blocks: [4], channels: [new Float32Array(4)] };
    for (const renderedFor of [
      FILE_STAGE,
      "Variants are compared with the sound of the pipeline as written, which is kept in",
    ] as const) {
      const written = onFullDisk(4, async () => {
        const kept = await RenderedAudio.create(work(), renderedFor);
        await kept.keep(0, audio).finally(() => kept.close());
      });
      await assert.rejects(written, {
        name: "Failure",
        message: `${renderedFor} ${folder.path}, where the disk is full: make room there, or let ${VARIABLE} name another folder.`,
      });
    }
  });

  it("names the variable that the system goes by", () => {
    assert.deepEqual((["linux", "darwin", "win32"] as const).map(temporaryFolderVariable), [
      "TMPDIR",
      "TMPDIR",
      "TEMP",
    ]);
  });
});
