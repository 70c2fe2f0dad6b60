import assert from "node:assert/strict";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { chooseRuntime, type OwnRuntime } from "../../src/client/process/runtime.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const OWN: OwnRuntime = {
  execPath: process.execPath,
  electron: false,
  version: process.versions.node,
  source: "checkout",
};
const IN_EDITOR: OwnRuntime = {
  execPath: "/opt/editor",
  electron: true,
  version: "22.20.0",
  source: "editor",
};
const IN_OLD_EDITOR: OwnRuntime = {
  execPath: "/opt/editor",
  electron: true,
  version: "20.18.1",
  source: "editor",
};

describe("the runtime of a pipeline", () => {
  const folder = temporaryFolder();

  /** A folder for the PATH with a program in it that answers as Node of that version. */
  async function nodeThatSays(name: string, answer: string): Promise<string> {
    const place = join(folder.path, name);
    await mkdir(place);
    const path = join(place, "node");
    await writeFile(path, `#!/bin/sh\n${answer}\n`);
    await chmod(path, 0o755);
    return place;
  }

  it("is the Node on the PATH", async () => {
    const chosen = await chooseRuntime("auto", IN_EDITOR, dirname(process.execPath));
    assert.equal(chosen.execPath, process.execPath);
    assert.equal(chosen.source, "path");
    assert.equal(chosen.version, process.versions.node);
    assert.deepEqual(chosen.env, {});
  });

  it("is the editor's own where there is none, run as a Node", async () => {
    const chosen = await chooseRuntime("auto", IN_EDITOR, folder.path);
    assert.equal(chosen.execPath, "/opt/editor");
    assert.equal(chosen.source, "editor");
    assert.deepEqual(chosen.env, { ELECTRON_RUN_AS_NODE: "1" });
    assert.equal((await chooseRuntime("auto", OWN, folder.path)).source, "checkout");
  });

  it("is the editor's own where the setting says so, without asking anyone", async () => {
    assert.equal(
      (await chooseRuntime("editor", IN_EDITOR, dirname(process.execPath))).execPath,
      "/opt/editor",
    );
    assert.deepEqual((await chooseRuntime("editor", OWN, "")).env, {});
  });

  it("is the one that the setting names", async () => {
    const chosen = await chooseRuntime(process.execPath, IN_OLD_EDITOR, "");
    assert.equal(chosen.execPath, process.execPath);
    assert.equal(chosen.source, "setting");
  });

  it("passes over what is too old, broken, or no program at all", async function () {
    if (process.platform === "win32") {
      console.log("      not on Windows: a script can't stand for node.exe");
      this.skip();
    }
    const old = await nodeThatSays("old", "echo 22.14.9");
    const broken = await nodeThatSays("broken", "exit 1");
    const other = await nodeThatSays("other", "echo hello");
    const empty = join(folder.path, "missing");
    const fitting = await nodeThatSays("fitting", "echo 22.15.0");
    const later = await nodeThatSays("later", "echo 24.0.0");
    const path = [old, broken, other, empty, "", ".", fitting, later].join(delimiter);
    const chosen = await chooseRuntime("auto", IN_EDITOR, path);
    assert.equal(chosen.execPath, join(fitting, "node"));
    assert.equal(chosen.version, "22.15.0");
  });

  it("is refused in a sentence where nothing fits", async () => {
    await assert.rejects(chooseRuntime("auto", IN_OLD_EDITOR, folder.path), {
      message:
        "No Node 22.15.0 or newer was found on the PATH, and the one that runs Waveflame is 20.18.1: " +
        "install a newer Node or name one in the setting waveflame.runtime.",
    });
    await assert.rejects(
      chooseRuntime(join(folder.path, "node"), OWN, ""),
      /didn't answer as a Node: set waveflame\.runtime/,
    );
    await assert.rejects(chooseRuntime("node", OWN, ""), /"node" isn't an absolute path/);
  });
});
