import assert from "node:assert/strict";
import * as vscode from "vscode";
import { editor } from "../../support/editor/remote.ts";
import { eventually } from "../../support/editor/until.ts";

describe("Copy Diagnostics", () => {
  it("puts versions, runtime and machine on the clipboard, and no names of files", async () => {
    await vscode.env.clipboard.writeText("before");
    await editor.runCommand("Waveflame: Copy Diagnostics");
    const text = await eventually(
      "the clipboard to change",
      () => Promise.resolve(vscode.env.clipboard.readText()),
      (now) => now !== "before",
    );
    assert.match(text, /^Waveflame: \d+\.\d+\.\d+$/m);
    assert.match(text, new RegExp(`^Editor: .*${vscode.version.replaceAll(".", "\\.")}`, "m"));
    assert.match(text, /^Last run on: Node \d+\.\d+\.\d+/m);
    assert.match(text, /logical cores/);
    assert.match(text, /^Last error: audio: The recording couldn't be read\.$/m);
    assert.doesNotMatch(text, /\.wav|\.ts\b|pipeline\.|[\\/](tmp|home|Users)[\\/]/);
  });
});
