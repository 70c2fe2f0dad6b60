import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import * as vscode from "vscode";
import { figuresAt, hottestLines, inWorkspace, pickerTitled, PROFILE } from "../../support/editor/product.ts";
import { editor } from "../../support/editor/remote.ts";

const FILE = "crush.js";
const TEXT = `class Crush extends AudioWorkletProcessor {
  static parameterDescriptors = [{ name: "steps", defaultValue: 16, minValue: 1 }];

  process([input], [output], { steps }) {
    input.forEach((samples, channel) => {
      for (let i = 0; i < samples.length; i++) {
        output[channel][i] = Math.round(Math.tanh(Math.exp(samples[i])) * steps[0]) / steps[0];
      }
    });
    return true;
  }
}

registerProcessor("crush", Crush);
`;
const HOT_LINE = 7;

describe("An AudioWorklet processor in the workspace", () => {
  before(() => writeFile(inWorkspace(FILE), TEXT));

  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(inWorkspace(FILE));
  });

  it("is offered beside the pipelines, and its lines are shown against its render quantum", async () => {
    await editor.rightClick(["music.wav"]);
    await editor.chooseMenuItem(PROFILE);
    await pickerTitled("Profile with which pipeline?");
    const offered = await editor.pickItems();
    assert.ok(
      offered.some((item) => item.startsWith("crush") && item.includes(`AudioWorklet · ${FILE}`)),
      offered.join("\n"),
    );
    await editor.pick("crush");
    assert.match((await hottestLines())[0]!, /crush\.js:7/);
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, inWorkspace(FILE));
    await figuresAt(HOT_LINE);
    await editor.screenshot("worklet-dark");
  });
});
