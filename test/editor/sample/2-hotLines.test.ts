import assert from "node:assert/strict";
import { basename } from "node:path";
import * as vscode from "vscode";
import { figuresAt, noFiguresAt, open, profile, STATUS_ITEM } from "../../support/editor/product.ts";
import { editor } from "../../support/editor/remote.ts";
import { eventually } from "../../support/editor/until.ts";

/** Where the cursor is: `pitch.ts:38`. */
function here(): string {
  const active = vscode.window.activeTextEditor;
  if (!active) return "";
  return `${basename(active.document.uri.fsPath)}:${active.selection.active.line + 1}`;
}

async function goTo(command: string, from: string): Promise<string> {
  await editor.runCommand(command);
  return eventually(
    "the cursor to move",
    () => Promise.resolve(here()),
    (place) => place !== from,
  );
}

describe("The hot lines", () => {
  let listed: string[];

  before(async () => {
    const items = await profile(["speech.wav"], "voice-level");
    listed = items.map((item) => /\S+\.ts:\d+/.exec(item)![0]);
  });

  it("are visited by Next and Previous Hot Line, through all files", async () => {
    assert.equal(here(), listed[0]);
    const visited = [here()];
    while (visited.length < listed.length) {
      visited.push(await goTo("Waveflame: Next Hot Line", visited.at(-1)!));
    }
    assert.deepEqual(visited.toSorted(), listed.toSorted());
    assert.ok(new Set(visited.map((place) => place.split(":")[0])).size >= 2, visited.join(" "));
    assert.equal(await goTo("Waveflame: Previous Hot Line", visited.at(-1)!), visited.at(-2));
  });

  it("lose their figures on Hide, get them back on Show, and lose the run on Clear", async () => {
    await open("pitch.ts", 36);
    await figuresAt(36);
    assert.ok(
      !(await editor.offeredCommands("Waveflame: Show Annotations")).includes("Waveflame: Show Annotations"),
    );
    await editor.runCommand("Waveflame: Hide Annotations");
    await noFiguresAt(36);
    await eventually("no marks in the margin", editor.markedLines, (lines) => lines.length === 0);
    await editor.runCommand("Waveflame: Show Annotations");
    await figuresAt(36);
    await editor.runCommand("Waveflame: Clear Annotations");
    await noFiguresAt(36);
    assert.equal(await editor.statusItem(STATUS_ITEM), null);
    const offered = await editor.offeredCommands("Waveflame: ");
    assert.ok(!offered.includes("Waveflame: Next Hot Line"), offered.join("\n"));
  });
});
