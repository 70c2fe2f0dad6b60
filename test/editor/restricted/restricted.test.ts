import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import * as vscode from "vscode";
import { inWorkspace, PROFILE } from "../../support/editor/product.ts";
import { editor } from "../../support/editor/remote.ts";
import { eventually } from "../../support/editor/until.ts";

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
});
