import assert from "node:assert/strict";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import * as vscode from "vscode";
import {
  figuresAt,
  inWorkspace,
  noFiguresAt,
  open,
  pickerTitled,
  STATUS_ITEM,
  withSetting,
} from "../../support/editor/product.ts";
import { editor } from "../../support/editor/remote.ts";
import { eventually } from "../../support/editor/until.ts";

const MADE = {
  "level.py":
    "import math\n\ndef level(block):\n    return math.sqrt(sum(x * x for x in block))\n\nlevel([1])\n",
  "take.collapsed": "<module> (level.py:6);level (level.py:4) 30\n<module> (level.py:6) 10\n",
  "broken.cpuprofile": '{"nodes":[{"id":1,"children":[1]}]}',
};

async function heard(words: RegExp): Promise<void> {
  const notices: string[] = [];
  await eventually(
    `a message like ${words.source}`,
    async () => {
      notices.push(...(await editor.notices()));
      return notices;
    },
    (all) => all.some((notice) => words.test(notice)),
  );
}

describe("Another tool's profile", () => {
  before(async () => {
    for (const [name, text] of Object.entries(MADE)) await writeFile(inWorkspace(name), text);
  });
  after(async () => {
    for (const name of Object.keys(MADE)) await rm(inWorkspace(name), { force: true });
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("is opened from the explorer, in the panel and behind the lines of its sources, whatever they are written in", async () => {
    await editor.rightClick(["take.collapsed"]);
    await editor.chooseMenuItem("Open Profile…");
    await eventually(
      "the profile in the panel",
      () => editor.textInPanel("h1"),
      ([title]) => title === "take.collapsed",
    );
    assert.match((await editor.textInPanel(".imported")).join(), /^40 samples in 1 thread/);
    assert.equal(await editor.statusItem(STATUS_ITEM), "Waveflame: take.collapsed");
    await open("level.py");
    assert.equal((await figuresAt(4, /samples/)).text, "75.0\u202f% · 30 samples");
    assert.equal((await figuresAt(6, /samples/)).text, "25.0\u202f% · 10 samples");
    await noFiguresAt(3);
    const hover = (await editor.hoverText(4, "math")).replaceAll("\u202f", " ");
    assert.match(hover, /75\.0 % of the profile, 30 samples/);
    assert.match(hover, /take\.collapsed, opened today \d\d:\d\d \(collapsed stacks\)/);
    assert.doesNotMatch(hover, /load|budget|Node|block/);
    await editor.screenshot("foreign-profile");
  });

  it("follows its lines through edits", async () => {
    const shown = await open("level.py");
    await shown.edit((edit) => edit.insert(new vscode.Position(0, 0), "import sys\n"));
    assert.equal((await figuresAt(5, /samples/)).text, "75.0\u202f% · 30 samples");
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("is among the saved runs, and can't be run again here", async () => {
    await editor.runCommand("Waveflame: Open a Run…");
    await pickerTitled("Open which run?");
    const [newest] = await editor.pickItems();
    assert.match(newest!, /^take\.collapsed[\s|]*collapsed stacks · today \d\d:\d\d/);
    await editor.pick("take.collapsed");
    await eventually("the list to close", editor.pickTitle, (title) => title === null);
    await eventually(
      "the profile in the panel",
      () => editor.textInPanel("h1"),
      ([title]) => title === "take.collapsed",
    );
    await editor.notices();
    await vscode.commands.executeCommand("waveflame.profileAgain");
    await heard(/take\.collapsed was measured by another tool: record it again there/);
  });

  it("is exported, as every run, into the file that one names", async () => {
    // The editor's own dialog: a system's can't be reached from a test.
    await withSetting("files.simpleDialog.enable", true, async () => {
      await editor.runCommand("Waveflame: Export Run…");
      await pickerTitled("Export the run as what?");
      assert.deepEqual(
        (await editor.pickItems()).map((item) => item.split(/\s*[|.]/)[0]),
        ["CPU profile", "speedscope", "Collapsed stacks", "pprof", "Chrome trace", "CSV"],
      );
      await editor.pick("CSV");
      await pickerTitled("Export Run");
      await editor.press("Enter");
      const name = await eventually(
        "the exported file",
        async () => (await readdir(inWorkspace())).find((each) => each.endsWith(".csv")),
        (found) => found !== undefined,
      );
      const file = inWorkspace(name!);
      try {
        assert.match(name!, /^take \d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.csv$/);
        const text = await eventually(
          "its content",
          () => readFile(file, "utf8"),
          (content) => content.length > 0,
        );
        assert.match(text, /^line,All stacks,,level\.py,4,30,30,0\.75,/m);
      } finally {
        await rm(file, { force: true });
      }
    });
  });

  it("that is damaged is refused in a sentence", async () => {
    await editor.notices();
    await editor.rightClick(["broken.cpuprofile"]);
    await editor.chooseMenuItem("Open Profile…");
    await heard(/broken\.cpuprofile can't be opened as a profile, because nodes\[0\] is above itself/);
    assert.deepEqual(await editor.textInPanel("h1"), ["take.collapsed"]);
  });
});
