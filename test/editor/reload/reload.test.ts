import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import * as vscode from "vscode";
import { figuresAt, inWorkspace, open, profile, STATUS_ITEM } from "../../support/editor/product.ts";
import { editor } from "../../support/editor/remote.ts";
import { eventually } from "../../support/editor/until.ts";

const SELECTED_TAB = '[role="tab"][aria-selected="true"]';

/** The reload ends this extension host in the middle of its tests; the next one starts them anew and finds the mark. */
const MARK = "reloaded.txt";

const tuningShown = (): Promise<string[]> =>
  eventually(
    "the tuning page",
    () => editor.textInPanel(SELECTED_TAB),
    ([title]) => title === "Tuning",
  );

describe("A reload of the window", () => {
  before(async () => {
    if (existsSync(inWorkspace(MARK))) return;
    await profile(["speech.wav"], "voice-level");
    await editor.clickStatusItem(STATUS_ITEM);
    await editor.clickInPanel("#tab-tuning");
    assert.deepEqual(await editor.textInPanel(SELECTED_TAB), ["Tuning"]);
    // Opened again it shows what it was told to remember: only then has the click arrived.
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await editor.clickStatusItem(STATUS_ITEM);
    await tuningShown();
    await writeFile(inWorkspace(MARK), "");
    // Nothing answers any more: the call is cancelled by what it asks for.
    vscode.commands.executeCommand("workbench.action.reloadWindow").then(undefined, () => undefined);
    await new Promise(() => undefined);
  });

  it("brings the panel back as it was left, and the figures with it", async () => {
    await tuningShown();
    await open("pitch.ts", 36);
    await figuresAt(36);
    assert.match((await editor.statusItem(STATUS_ITEM)) ?? "", /^Waveflame: \d/);
  });
});
