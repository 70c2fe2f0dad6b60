import assert from "node:assert/strict";
import * as vscode from "vscode";
import { editor } from "../../support/editor/remote.ts";
import { eventually } from "../../support/editor/until.ts";

describe("harness", () => {
  it("right click", async () => {
    await editor.rightClick(["speech.wav", "music.wav"]);
    await editor.screenshot("zz-menu");
    assert.ok((await editor.menuItems()).includes("Profile with Waveflame"));
    await editor.chooseMenuItem("Profile with Waveflame");
    assert.deepEqual(await editor.pickItems(), ["one", "two"]);
    await editor.pick("two");
    const t = await eventually(
      "text",
      () => editor.afterText(1),
      (x) => x.length > 0,
    );
    console.log("AFTER", t);
    console.log("NOTICES", await editor.notices());
    console.log("LENS", await editor.lenses());
    console.log(
      "HOVER",
      await editor.hoverText(1, vscode.window.activeTextEditor!.document.lineAt(0).text.split(" ")[1]!),
    );
    console.log("STATUS", await editor.statusItem("x.stubprod.figures"));
    await editor.clickStatusItem("x.stubprod.figures");
    console.log("PANEL", await editor.textInPanel("h1"));
    await editor.clickInPanel("#b");
    console.log("PANEL", await editor.textInPanel("#b"));
    console.log(await editor.offeredCommands("Waveflame"));
    for (const [name, theme] of [
      ["zz-dark", "Dark Modern"],
      ["zz-light", "Light Modern"],
      ["zz-hc", "Default High Contrast"],
    ]) {
      await vscode.workspace.getConfiguration("workbench").update("colorTheme", theme, true);
      await editor.screenshot(name!);
    }
    await editor.runCommand("View: Focus Problems");
    console.log(await editor.problems());
  });
});
