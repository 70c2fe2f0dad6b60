import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { figuresAt, profile } from "../../support/editor/product.ts";

describe("Several folders in one workspace", () => {
  it("a recording without pipelines beside it takes those of the other folder, and keeps its own runs", async () => {
    const [first, second] = vscode.workspace.workspaceFolders!.map(({ uri }) => uri.fsPath);
    const listed = await profile(["Stimme 1 – ü.wav"], "voice-level");
    assert.match(listed[0]!, /pitch\.ts:3\d/);
    const active = vscode.window.activeTextEditor!;
    assert.equal(active.document.uri.fsPath, join(first!, "pitch.ts"));
    await figuresAt(active.selection.active.line + 1);
    assert.equal((await readdir(join(second!, ".waveflame", "runs"))).length, 1);
    assert.ok(!(await readdir(first!)).includes(".waveflame"));
  });
});
