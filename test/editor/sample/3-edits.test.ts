import assert from "node:assert/strict";
import * as vscode from "vscode";
import { FIGURES, figuresAt, noFiguresAt, open, profile } from "../../support/editor/product.ts";

/** `energy += frame[i] * frame[i];` */
const LINE = 37;
const STALE = /^\d{1,3}\.\d\u202f% · [\d.]+\u202f(?:µs|ms|s) · edited since$/;
/** The colour `waveflame.staleFigures` in dark themes. */
const GREY = "rgb(138, 138, 138)";

describe("Figures while the code is edited", () => {
  let editing: vscode.TextEditor;
  let text: string;

  const insert = (line: number, character: number, words: string): Thenable<boolean> =>
    editing.edit((change) => change.insert(new vscode.Position(line - 1, character), words));
  const undo = (): Thenable<void> => vscode.commands.executeCommand("undo");

  before(async () => {
    await profile(["speech.wav"], "voice-level");
    editing = await open("pitch.ts", LINE);
    text = (await figuresAt(LINE)).text;
  });

  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await figuresAt(LINE);
  });

  it("stay with their line when lines come and go above it", async () => {
    await insert(LINE - 2, 0, "  // one\n  // two\n");
    assert.equal((await figuresAt(LINE + 2)).text, text);
    await editing.edit((change) => change.delete(new vscode.Range(3, 0, 4, 0)));
    assert.equal((await figuresAt(LINE + 1)).text, text);
  });

  it("stay when something changes below", async () => {
    await insert(LINE + 5, 0, "\n\n");
    assert.equal((await figuresAt(LINE)).text, text);
  });

  it("turn grey on a line that is edited, and say so, until it is undone", async () => {
    await insert(LINE, 10, " /* louder */");
    const stale = await figuresAt(LINE, STALE);
    assert.equal(stale.italic, true);
    assert.equal(stale.color, GREY);
    assert.equal(stale.text.split(" · ")[0], text.split(" · ")[0]);
    await figuresAt(LINE - 1, FIGURES);
    await undo();
    assert.equal((await figuresAt(LINE)).text, text);
  });

  it("stay with the code when a line is split", async () => {
    const indent = editing.document.lineAt(LINE - 1).firstNonWhitespaceCharacterIndex;
    await insert(LINE, indent, "\n    ");
    assert.equal((await figuresAt(LINE + 1)).text, text);
    await noFiguresAt(LINE);
  });
});
