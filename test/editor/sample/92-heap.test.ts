import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import * as vscode from "vscode";
import { inWorkspace, pickerTitled, profile } from "../../support/editor/product.ts";
import { editor } from "../../support/editor/remote.ts";
import { eventually } from "../../support/editor/until.ts";

const HEAPS = (): string => inWorkspace(".waveflame", "heaps");

describe("The heap after a stage", () => {
  before(() => profile(["speech.wav"], "voice-level"));
  after(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  it("is asked for by a command that offers the stages which blocks go through, and is shown in the panel", async () => {
    await editor.runCommand("Waveflame: Heap Snapshot After a Stage…");
    await pickerTitled("Heap snapshot after which stage?");
    const offered = await editor.pickItems();
    // The statistics hear no blocks.
    assert.deepEqual(
      offered.map((item) => /^[a-z]+/.exec(item)?.[0]),
      ["gate", "envelope", "pitch"],
    );
    await editor.type("pitch");
    await eventually("the one stage", editor.pickItems, ({ length }) => length === 1);
    await editor.press("Enter");
    const [shown] = await eventually(
      "the heap in the panel",
      () => editor.textInPanel(".heap"),
      (found) => found.length > 0,
    );
    assert.match(shown!, /^Heap after pitch\s+\S+\sMB in [\d,]+ objects/);
    await editor.screenshot("panel-heap-dark");
    const kept = existsSync(HEAPS()) ? await readdir(HEAPS()) : [];
    assert.equal(kept.length, 1);
    assert.match(kept[0]!, /\.heapsnapshot$/);
  });
});
