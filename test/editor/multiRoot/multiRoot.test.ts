import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Run } from "../../../src/core/run/run.ts";
import { figuresAt, hottestLines, pickerTitled, profile } from "../../support/editor/product.ts";
import { editor } from "../../support/editor/remote.ts";
import { eventually } from "../../support/editor/until.ts";
import { writeTone } from "../../support/smallWorkspace.ts";

describe("Several folders in one workspace", () => {
  let first: string;
  let second: string;

  before(() => {
    const [one, other] = vscode.workspace.workspaceFolders!.map(({ uri }) => uri.fsPath);
    first = one!;
    second = other!;
  });

  it("a recording without pipelines beside it takes those of the other folder, and keeps its own runs", async () => {
    const listed = await profile(["Stimme 1 – ü.wav"], "voice-level");
    assert.match(listed[0]!, /pitch\.ts:3\d/);
    const active = vscode.window.activeTextEditor!;
    assert.equal(active.document.uri.fsPath, join(first, "pitch.ts"));
    await figuresAt(active.selection.active.line + 1);
    assert.equal((await readdir(join(second, ".waveflame", "runs"))).length, 1);
    assert.ok(!(await readdir(first)).includes(".waveflame"));
  });

  it("a recording from elsewhere takes the settings of the pipeline's folder, which keeps its run", async () => {
    await mkdir(join(first, ".vscode"));
    await writeFile(join(first, ".vscode", "settings.json"), '{ "waveflame.segmentSeconds": 0.5 }');
    await eventually(
      "the editor to know the setting",
      () => Promise.resolve(vscode.workspace.getConfiguration("waveflame", vscode.Uri.file(first))),
      (settings) => settings.get("segmentSeconds") === 0.5,
    );
    const elsewhere = await mkdtemp(join(tmpdir(), "elsewhere-"));
    try {
      const recording = join(elsewhere, "tone.wav");
      await writeTone(recording);
      const done = vscode.commands.executeCommand("waveflame.profile", vscode.Uri.file(recording));
      await pickerTitled("Profile with which pipeline?");
      await editor.pick("voice-level");
      await hottestLines();
      await done;
    } finally {
      await rm(elsewhere, { recursive: true });
    }
    const runs = join(first, ".waveflame", "runs");
    const [saved] = await readdir(runs);
    const run = JSON.parse(await readFile(join(runs, saved!), "utf8")) as Run;
    assert.equal(run.pipeline.segmentSeconds, 0.5);
    assert.equal((await readdir(join(second, ".waveflame", "runs"))).length, 1);
  });
});
