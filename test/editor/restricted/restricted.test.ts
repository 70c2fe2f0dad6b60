import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import * as vscode from "vscode";
import { inWorkspace, PROFILE } from "../../support/editor/product.ts";
import { editor } from "../../support/editor/remote.ts";
import { eventually } from "../../support/editor/until.ts";
import { exampleRun } from "../../support/exampleRun.ts";

const MARK = "this-ran.txt";
const LEAVING_A_MARK = `import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
writeFileSync(fileURLToPath(new URL("./${MARK}", import.meta.url)), "");
export default { name: "Marking", stages: { mark: () => () => {} } };
`;

describe("A workspace that isn't trusted", () => {
  it("never runs its code, and says what to do", async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await writeFile(inWorkspace("marking.pipeline.ts"), LEAVING_A_MARK);
    await eventually(
      "the workbench to say so",
      () => editor.statusItem("status.workspaceTrust"),
      (text) => text?.includes("Restricted Mode") ?? false,
    );
    await editor.notices();
    await editor.rightClick(["speech.wav"]);
    await editor.chooseMenuItem(PROFILE);
    await eventually(
      "a sentence about trust",
      () => editor.notices(),
      (heard) => heard.some((notice) => notice.includes("isn't trusted")),
    );
    assert.equal(await editor.pickTitle(), null);
    assert.ok(!existsSync(inWorkspace(MARK)));
    assert.ok(!existsSync(inWorkspace(".waveflame")));
    await editor.screenshot("restricted-dark");
  });

  it("shows the runs that it holds, but opens no file elsewhere that one names", async () => {
    const outside = inWorkspace("..", "outside.ts");
    await writeFile(outside, "a line of somebody else's");
    const [line] = exampleRun.lines;
    const run = { ...exampleRun, lines: [{ ...line!, file: outside, line: 1 }] };
    await mkdir(inWorkspace(".waveflame", "runs"), { recursive: true });
    await writeFile(inWorkspace(".waveflame", "runs", `${run.id}.waveflame.json`), JSON.stringify(run));
    await editor.runCommand("Waveflame: Open the Panel");
    await editor.textInPanel("h1");
    await editor.notices();
    await editor.runCommand("Waveflame: Next Hot Line");
    await eventually(
      "a sentence about trust",
      () => editor.notices(),
      (heard) => heard.some((notice) => notice.includes("lies outside the workspace, which isn't trusted")),
    );
    const opened = vscode.workspace.textDocuments.map(({ uri }) => basename(uri.fsPath));
    assert.ok(!opened.includes("outside.ts"), opened.join());
  });
});
