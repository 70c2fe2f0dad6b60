import assert from "node:assert/strict";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { keepHeap, keptHeap } from "../../src/client/runs/heapFiles.ts";
import { exampleRun } from "../support/exampleRun.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("heap snapshots", () => {
  const folder = temporaryFolder();
  const run = (second: number) => ({ ...exampleRun, id: `2026-11-21T14-32-0${second}.000Z-3f9c2a1b` });
  const heaps = (): string => join(folder.path, ".waveflame", "heaps");

  it("are kept by their run, the newest five, out of version control", async () => {
    const snapshot = join(folder.path, "a");
    for (let second = 1; second <= 7; second += 1) {
      await writeFile(snapshot, `{"run":${second}}`);
      await keepHeap(folder.path, run(second), snapshot);
    }
    assert.deepEqual(
      (await readdir(heaps())).sort(),
      [3, 4, 5, 6, 7].map((second) => `${run(second).id}.heapsnapshot`),
    );
    assert.equal(await keptHeap(folder.path, run(2)), null);
    assert.equal(await readFile((await keptHeap(folder.path, run(7)))!, "utf8"), '{"run":7}');
    assert.equal(await readFile(join(folder.path, ".waveflame", ".gitignore"), "utf8"), "*\n");
    // What a process held is its owner's alone; Windows keeps that another way.
    if (process.platform !== "win32")
      assert.equal((await stat((await keptHeap(folder.path, run(7)))!)).mode & 0o777, 0o600);
  });

  it("leave nothing where there is none to keep", async () => {
    await assert.rejects(keepHeap(folder.path, run(1), join(folder.path, "missing")));
    assert.deepEqual(await readdir(heaps()), []);
  });
});
