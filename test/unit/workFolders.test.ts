import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { newWorkFolder, removeLeftFolders } from "../../src/client/process/workFolders.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const UUID = "3f9c2a1b-5d0e-4c7f-8a96-b1d2e3f40516";

describe("work folders", () => {
  const folder = temporaryFolder();

  async function left(...names: readonly string[]): Promise<readonly string[]> {
    for (const name of names) {
      mkdirSync(join(folder.path, name));
      writeFileSync(join(folder.path, name, "rendered.f32"), "sound");
    }
    await removeLeftFolders(folder.path);
    return readdirSync(folder.path);
  }

  /** Of a process that has ended. */
  function endedPid(): number {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    assert.ok(pid > 1);
    return pid;
  }

  it("of a process that is no more are removed, with what is in them", async () => {
    const own = basename(newWorkFolder());
    const orphan = own.replace(`-${process.pid}-`, `-${endedPid()}-`);
    assert.notEqual(orphan, own);
    assert.deepEqual(await left(orphan, own), [own]);
  });

  it("of a process whose number another one has now are removed", async function () {
    if (process.platform !== "linux") {
      console.log("      only on Linux: elsewhere the system doesn't say when a process started");
      this.skip();
    }
    const own = basename(newWorkFolder());
    const earlier = own.replace(/_\d+-/, "_1-");
    assert.deepEqual(await left(earlier), []);
  });

  it("of a process in another container, or of nobody that can be told, stay", async () => {
    const names = [
      `waveflame-${endedPid()}-1_77-${UUID}`,
      `waveflame-${process.pid}-unknown-${UUID}`,
      `waveflame-${UUID}`,
      "waveflame-bench-abcdef",
    ];
    const expected = process.platform === "linux" ? names : names.slice(1);
    assert.deepEqual([...(await left(...names))].sort(), expected.sort());
  });

  it("of a process that is no more take with them what its pipeline was writing, and no other file", async () => {
    const draft = join(folder.path, `.report.wav.${process.pid}-0a1b2c3d.tmp`);
    const other = join(folder.path, "recording.wav");
    for (const path of [draft, other]) writeFileSync(path, "sound");
    const orphan = join(
      folder.path,
      basename(newWorkFolder()).replace(`-${process.pid}-`, `-${endedPid()}-`),
    );
    mkdirSync(join(orphan, "drafts"), { recursive: true });
    const listed = [draft, other, join(folder.path, "missing"), ""];
    for (const [index, path] of listed.entries()) writeFileSync(join(orphan, "drafts", `${index}`), path);
    await removeLeftFolders(folder.path);
    assert.ok(!existsSync(orphan) && !existsSync(draft));
    assert.ok(existsSync(other));
  });

  it("are nothing to worry about where there is no folder for temporary files", async () => {
    await removeLeftFolders(join(folder.path, "missing"));
  });
});
