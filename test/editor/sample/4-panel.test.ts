import assert from "node:assert/strict";
import { basename } from "node:path";
import * as vscode from "vscode";
import { inEachTheme, open, pickerTitled, profile, STATUS_ITEM } from "../../support/editor/product.ts";
import { editor } from "../../support/editor/remote.ts";
import { eventually } from "../../support/editor/until.ts";

const SELECTED_TAB = '[role="tab"][aria-selected="true"]';
const CHOSEN_BOX = '.flame-tree [aria-selected="true"]';
const PLACES = ".function-table .source-link";

async function selectTab(view: string, title: string): Promise<void> {
  await editor.clickInPanel(`#tab-${view}`);
  assert.deepEqual(await editor.textInPanel(SELECTED_TAB), [title]);
}

/** What the tree, which is there for screen readers, says of the chosen box. */
const chosenBox = async (): Promise<string> => (await editor.textInPanel(CHOSEN_BOX)).join();

describe("A saved run", () => {
  it("is chosen among those of the workspace, newest first, and shown again", async () => {
    await profile(["speech.wav"], "voice-level");
    await profile(["music.wav"], "voice-level");
    await editor.runCommand("Waveflame: Open a Run…");
    await pickerTitled("Open which run?");
    const offered = await editor.pickItems();
    const run = /^(speech|music)\.wav[\s|]*Voice level · today \d\d:\d\d · [\d.,]+× real time/;
    assert.deepEqual(
      offered.slice(0, 2).map((item) => run.exec(item)?.[1]),
      ["music", "speech"],
    );
    await editor.pick("speech.wav");
    await eventually(
      "the run in the panel",
      () => editor.textInPanel("h1"),
      ([title]) => title?.includes("speech.wav through Voice level") ?? false,
    );
    assert.match((await editor.statusItem(STATUS_ITEM)) ?? "", /^Waveflame: /);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });
});

describe("The panel", () => {
  before(async () => {
    await profile(["speech.wav"], "voice-level");
  });

  it("opens from the status bar, on the run", async () => {
    await editor.clickStatusItem(STATUS_ITEM);
    const [title] = await editor.textInPanel("h1");
    assert.match(title!, /speech\.wav through Voice level/);
    assert.deepEqual(await editor.textInPanel(SELECTED_TAB), ["Overview"]);
    await editor.screenshot("panel-overview-dark");
  });

  it("draws a flame graph: a click zooms, Escape goes back, a search marks", async () => {
    await selectTab("flame", "Flame graph");
    assert.equal(await editor.countInPanel("canvas.flame-canvas"), 1);
    const boxes = await editor.textInPanel('.flame-tree [role="treeitem"]');
    assert.ok(
      boxes.some((box) => box.startsWith("stage pitch, ")),
      boxes.join("\n"),
    );
    await editor.screenshot("panel-flame-dark");
    // The second row holds the stages, and pitch takes most of it.
    await editor.clickPictureInPanel("canvas.flame-canvas", 0.6, 30);
    await eventually(
      "the graph to be zoomed to pitch",
      () => editor.textInPanel(".breadcrumb b"),
      ([name]) => name === "pitch",
    );
    await editor.pressInPanel(".flame-tree", "Escape");
    await eventually(
      "the whole run again",
      () => editor.textInPanel(".breadcrumb b"),
      ([name]) => name !== "pitch",
    );
    await editor.fillInPanel(".search input", "likenessAfter");
    await eventually(
      "found boxes",
      () => editor.textInPanel(".search-result"),
      ([words]) => /^\d+ box/.test(words ?? ""),
    );
    await editor.fillInPanel(".search input", "");
  });

  it("is walked by the keyboard", async () => {
    const first = await chosenBox();
    await editor.pressInPanel(".flame-tree", "ArrowDown");
    await eventually("another box to be chosen", chosenBox, (box) => box !== first && box !== "");
  });

  it("ranks functions, sorts them, and goes to the source line of one", async () => {
    await selectTab("bottlenecks", "Bottlenecks");
    await editor.screenshot("panel-bottlenecks-dark");
    const [hottest] = await editor.textInPanel(PLACES);
    assert.match(hottest!, /^pitch\.ts:\d+$/);
    const rows = await editor.countInPanel(".function-table tbody tr");
    assert.ok(rows >= 4 && rows <= 40, `${rows} rows`);
    await editor.clickInPanel('[data-column="name"]');
    await eventually(
      "rows sorted by name",
      () => editor.textInPanel(".function-table tbody .column-name"),
      (names) =>
        names.length === rows && names.join() === names.toSorted((a, b) => a.localeCompare(b)).join(),
    );
    await editor.clickInPanel('[data-column="self"]');
    await eventually(
      "the hottest first again",
      () => editor.textInPanel(PLACES),
      ([place]) => place === hottest,
    );
    await editor.clickInPanel(PLACES);
    const place = await eventually(
      "the source line",
      () => {
        const active = vscode.window.activeTextEditor;
        return Promise.resolve(
          active ? `${basename(active.document.uri.fsPath)}:${active.selection.active.line + 1}` : "",
        );
      },
      (at) => at === hottest,
    );
    assert.equal(place, hottest);
  });

  it("says what the machine is, how many workers there were, and what to try", async () => {
    await selectTab("tuning", "Tuning");
    const words = (await editor.textInPanel("#view")).join("\n");
    assert.match(words, /\d+ workers? used/);
    assert.match(words, /Recommendations/);
    assert.match(words, /logical/);
    await editor.screenshot("panel-tuning-dark");
  });

  it("comes back as it was left after another tab hid it", async () => {
    const panel = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .find(({ label }) => label === "Waveflame")!;
    const untitled = await vscode.workspace.openTextDocument({ content: "on top" });
    await vscode.window.showTextDocument(untitled, panel.group.viewColumn);
    assert.equal(panel.isActive, false);
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    await eventually(
      "the tuning page again",
      () => editor.textInPanel(SELECTED_TAB),
      ([title]) => title === "Tuning",
    );
  });

  it("opens from a lens at the stage's flame graph", async () => {
    await open("voice-level.pipeline.ts", 41);
    await editor.clickLens("pitch: ", "Flame graph here");
    await eventually(
      "the flame graph",
      () => editor.textInPanel(SELECTED_TAB),
      ([title]) => title === "Flame graph",
    );
  });

  it("follows the theme", () =>
    inEachTheme(async (name) => {
      await eventually(
        "the page to know",
        () => editor.countInPanel("canvas.flame-canvas"),
        (count) => count === 1,
      );
      await editor.screenshot(`panel-flame-${name}`);
    }));

  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });
});
