import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { audioFilesIn, type AudioFilesOptions } from "waveflame";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("The recordings in a folder", () => {
  const folder = temporaryFolder();

  async function write(...names: string[]): Promise<void> {
    for (const name of names) {
      const path = join(folder.path, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, "");
    }
  }

  async function listed(options?: AudioFilesOptions): Promise<string[]> {
    const paths = await Array.fromAsync(audioFilesIn(folder.path, options));
    return paths.map((path) => relative(folder.path, path).replaceAll(sep, "/"));
  }

  it("come one at a time, by name, whatever the case of their ending", async () => {
    await write("b.wav", "C.FLAC", "a.opus", "notes.txt", "wav", "d.mp3.part", "deeper/e.wav");
    assert.deepEqual(await listed(), ["C.FLAC", "a.opus", "b.wav"]);
    for await (const first of audioFilesIn(folder.path)) {
      assert.equal(first, join(folder.path, "C.FLAC"));
      break;
    }
  });

  it("come from the folders inside, too, where asked for", async () => {
    await write("b/2.wav", "b/1.wav", "a.wav", "b/deep/er/3.wav", "c.wav");
    assert.deepEqual(await listed({ recursive: true }), [
      "a.wav",
      "b/1.wav",
      "b/2.wav",
      "b/deep/er/3.wav",
      "c.wav",
    ]);
  });

  it("are of the kinds asked for", async () => {
    await write("a.wav", "b.FLAC", "c.xyz", "dotflac");
    assert.deepEqual(await listed({ extensions: ["flac", ".xyz"] }), ["b.FLAC", "c.xyz"]);
  });

  it("are without what is hidden, such as what macOS writes beside a file", async () => {
    await write("._a.wav", "a.wav", ".trash/b.wav");
    assert.deepEqual(await listed({ recursive: true }), ["a.wav"]);
  });

  it("end, where links lead in a circle, and lead nowhere", async function () {
    await write("music/a.wav", "b.wav");
    try {
      await symlink(folder.path, join(folder.path, "music", "again"), "dir");
      await symlink(join(folder.path, "b.wav"), join(folder.path, "c.wav"), "file");
      await symlink(join(folder.path, "gone"), join(folder.path, "d.wav"), "file");
    } catch {
      console.log("      not run: this account may not make links");
      this.skip();
    }
    assert.deepEqual(await listed({ recursive: true }), ["b.wav", "c.wav", "music/a.wav"]);
  });

  it("can't be listed of a folder that isn't there, or is a file", async () => {
    const gone = join(folder.path, "gone");
    await assert.rejects(Array.fromAsync(audioFilesIn(gone)), {
      message: `The recordings in ${gone} can't be listed: there is no such folder. Check the path.`,
    });
    await write("a.wav");
    await assert.rejects(Array.fromAsync(audioFilesIn(join(folder.path, "a.wav"))), /it is not a folder/);
  });
});
