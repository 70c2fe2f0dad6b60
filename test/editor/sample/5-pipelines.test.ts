import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import * as vscode from "vscode";
import {
  closePicker,
  hottestLines,
  inWorkspace,
  pickerTitled,
  PROFILE,
  profile,
  typeScriptKnows,
  withSetting,
} from "../../support/editor/product.ts";
import { editor } from "../../support/editor/remote.ts";
import { eventually } from "../../support/editor/until.ts";

const STARTER = "starter.pipeline.ts";

describe("Pipelines", () => {
  it("aren't asked for where there is only one", () =>
    withSetting("waveflame.pipelines", "voice-*.pipeline.ts", async () => {
      const listed = await profile(["speech.wav"]);
      assert.match(listed[0]!, /pitch\.ts/);
    }));

  it("are asked for where there is only one, too, by a command for that, beside those that ship", () =>
    withSetting("waveflame.pipelines", "voice-*.pipeline.ts", async () => {
      await editor.rightClick(["speech.wav"]);
      await editor.chooseMenuItem("Profile with Another Pipeline…");
      await pickerTitled("Profile with which pipeline?");
      const offered = await editor.pickItems();
      for (const name of ["voice-level", "features", "mastering"])
        assert.ok(
          offered.some((item) => item.startsWith(name)),
          offered.join("\n"),
        );
      await editor.pick("features");
      await pickerTitled("The hottest lines of Features and energy · speech.wav");
      await closePicker();
    }));

  it("are offered from the sample where there is none, beside a new one", () =>
    withSetting("waveflame.pipelines", "nowhere/*.ts", async () => {
      await editor.rightClick(["speech.wav"]);
      await editor.chooseMenuItem(PROFILE);
      await pickerTitled("There is no pipeline here yet");
      const offered = await editor.pickItems();
      for (const name of ["music-bands", "voice-level", "New Pipeline"]) {
        assert.ok(
          offered.some((item) => item.startsWith(name)),
          offered.join("\n"),
        );
      }
      await closePicker();
    }));

  describe("made by New Pipeline", () => {
    before(async () => {
      await editor.runCommand("Waveflame: New Pipeline");
      await eventually(
        "the starter to be open",
        () => Promise.resolve(vscode.window.activeTextEditor?.document.uri.fsPath),
        (path) => path === inWorkspace(STARTER),
      );
    });

    after(async () => {
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await rm(inWorkspace(STARTER));
    });

    it("show no Problems", async () => {
      await typeScriptKnows("definePipeline", inWorkspace(STARTER), new vscode.Position(1, 12));
      const problems = vscode.languages
        .getDiagnostics(vscode.Uri.file(inWorkspace(STARTER)))
        .filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning);
      assert.deepEqual(
        problems.map(({ message }) => message),
        [],
      );
      await editor.runCommand("View: Focus Problems");
      assert.deepEqual(
        (await editor.problems()).filter((problem) => problem.includes(STARTER)),
        [],
      );
      await editor.screenshot("new-pipeline-dark");
    });

    it("run at once", async () => {
      await editor.rightClick(["music.wav"]);
      await editor.chooseMenuItem(PROFILE);
      await pickerTitled("Profile with which pipeline?");
      await editor.pick("starter");
      assert.match((await hottestLines())[0]!, /starter\.pipeline\.ts/);
    });
  });
});
