import assert from "node:assert/strict";
import { rename } from "node:fs/promises";
import { basename } from "node:path";
import * as vscode from "vscode";
import {
  figuresAt,
  inWorkspace,
  noFiguresAt,
  open,
  profile,
  STATUS_ITEM,
} from "../../support/editor/product.ts";
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
  let listed: { readonly place: string; readonly percent: number }[];

  before(async () => {
    listed = (await profile(["speech.wav"], "voice-level")).map((item) => {
      const [, percent, place] = /^(\d+\.\d)\u202f%\s+(\S+\.ts:\d+)/.exec(item)!;
      return { place: place!, percent: Number(percent) };
    });
  });

  it("from one percent on are visited by Next and Previous Hot Line, through all files", async () => {
    const first = here();
    assert.equal(first, listed[0]!.place);
    const visited = [first];
    for (;;) {
      const next = await goTo("Waveflame: Next Hot Line", visited.at(-1)!);
      if (next === first) break;
      visited.push(next);
    }
    // What is listed with 1.0 % may lie on either side.
    const between = (from: number): string[] =>
      listed.filter(({ percent }) => percent >= from).map(({ place }) => place);
    assert.deepEqual(visited, between(1).slice(0, visited.length));
    assert.ok(visited.length >= between(1.1).length, visited.join(" "));
    assert.ok(new Set(visited.map((place) => place.split(":")[0])).size >= 2, visited.join(" "));
    assert.equal(await goTo("Waveflame: Previous Hot Line", first), visited.at(-1));
  });

  it("of a file that is gone are stepped over, with a sentence", async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rename(inWorkspace("pitch.ts"), inWorkspace("pitch.moved"));
    try {
      await editor.notices();
      assert.match(await goTo("Waveflame: Next Hot Line", ""), /^voice-level\.pipeline\.ts:/);
      await eventually(
        "a sentence about the file",
        () => editor.notices(),
        (heard) =>
          heard.some((notice) => notice.includes("pitch.ts can't be opened: it was moved or deleted")),
      );
    } finally {
      await rename(inWorkspace("pitch.moved"), inWorkspace("pitch.ts"));
    }
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
