import assert from "node:assert/strict";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { formatDuration } from "../../../src/core/format.ts";
import type { Run, StageFigures } from "../../../src/core/run/run.ts";
import {
  inEachTheme,
  inWorkspace,
  open,
  pickerTitled,
  typeScriptKnows,
} from "../../support/editor/product.ts";
import { editor } from "../../support/editor/remote.ts";
import { eventually } from "../../support/editor/until.ts";

const PROFILE_VARIANTS = "Profile Variants with Waveflame";
const FILE = "levels.pipeline.ts";
const TEXT = `import { definePipeline, type StageFactory } from "waveflame";

const level: StageFactory = ({ emit }) => {
  return ({ channels: [left = new Float32Array()] }) => {
    let sum = 0;
    for (const x of left) sum += Math.hypot(x, 0) * Math.exp(Math.log(Math.hypot(x, 1e-9)));
    emit("level", sum);
  };
};
const quick: StageFactory = ({ emit }) => {
  return ({ channels: [left = new Float32Array()] }) => {
    let sum = 0;
    for (const x of left) sum += x * x;
    emit("level", sum);
  };
};

export default definePipeline({
  name: "Levels",
  stages: { level: { create: level, variants: { quick } } },
});
`;
const RUNS = (): string => inWorkspace(".waveflame", "runs");
const COPY = "waveflame-pipelines";

async function newestRun(): Promise<Run> {
  const names = (await readdir(RUNS())).filter((name) => name.endsWith(".waveflame.json")).sort();
  return JSON.parse(await readFile(join(RUNS(), names.at(-1)!), "utf8")) as Run;
}

const selectedTab = (): Promise<string[]> => editor.textInPanel('[role="tab"][aria-selected="true"]');

async function variantsShown(): Promise<string> {
  await eventually("the variants in the panel", selectedTab, ([title]) => title === "Variants");
  return (await editor.textInPanel('[role="tabpanel"]')).join("\n");
}

describe("The variants of a pipeline", () => {
  before(() => writeFile(inWorkspace(FILE), TEXT));

  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(inWorkspace(FILE));
  });

  it("are profiled from the explorer and shown beside each other", async () => {
    await editor.rightClick(["music.wav"]);
    await editor.chooseMenuItem(PROFILE_VARIANTS);
    await pickerTitled("Profile with which pipeline?");
    await editor.pick("levels");
    const shown = await variantsShown();
    assert.match(shown, /as written/);
    assert.match(shown, /quick/);
    assert.match(shown, /identical/);
    await vscode.commands.executeCommand("workbench.action.closePanel");
    await inEachTheme((name) => editor.screenshot(`panel-variants-${name}`));
  });

  it("are profiled again by whoever profiles such a run again", async () => {
    const before = await readdir(RUNS());
    await vscode.commands.executeCommand("waveflame.profileAgain");
    const added = (await readdir(RUNS())).filter((name) => !before.includes(name));
    assert.equal(added.length, 1);
    const run = JSON.parse(await readFile(join(RUNS(), added[0]!), "utf8")) as Run;
    assert.deepEqual(
      run.variants.map(({ name }) => name),
      [null, "quick"],
    );
    assert.match(await variantsShown(), /quick/);
  });

  it("are offered above a stage that has some", async () => {
    await open(FILE, 20);
    const lenses = await eventually(
      "a lens for the variants",
      () =>
        Promise.resolve(
          vscode.commands.executeCommand<vscode.CodeLens[]>(
            "vscode.executeCodeLensProvider",
            vscode.Uri.file(inWorkspace(FILE)),
          ),
        ),
      (found) => found.some(({ command }) => command?.title === "Profile variants"),
    );
    assert.equal(lenses.filter(({ command }) => command?.title === "Profile variants").length, 1);
  });

  it("are profiled from there, and the lens then tells the new run's figures, though the panel has the focus", async () => {
    const before = await newestRun();
    // Beside each other, with the focus in the source.
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await open(FILE, 20);
    await vscode.commands.executeCommand("waveflame.showPanel");
    await variantsShown();
    await open(FILE, 20);
    await editor.clickLens("level:", "Profile variants");
    const run = await eventually("another run", newestRun, ({ id }) => id !== before.id);
    const [{ selfMs }] = run.stages as [StageFigures];
    await eventually("the lens of the new run", editor.lenses, (lenses) =>
      lenses.some((lens) => lens.includes(formatDuration(selfMs))),
    );
  });
});

describe("The pipelines that ship", () => {
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(inWorkspace(COPY), { recursive: true });
  });

  it("are offered below the workspace's own", async () => {
    await editor.rightClick(["speech.wav"]);
    await editor.chooseMenuItem("Profile with Waveflame");
    await pickerTitled("Profile with which pipeline?");
    const offered = await editor.pickItems();
    assert.deepEqual(
      offered.slice(-2).map((item) => /^(features|mastering).*ships with Waveflame/s.exec(item)?.[1]),
      ["features", "mastering"],
    );
    await editor.pick("mastering");
    await pickerTitled("The hottest lines of Mastering · speech.wav");
    await editor.press("Escape");
  });

  it("are copied with all they need, and show no Problems there", async () => {
    await editor.runCommand("Waveflame: Copy a Pipeline into the Workspace");
    await pickerTitled("Copy which pipeline");
    await editor.pick("mastering");
    const path = inWorkspace(COPY, "mastering", "mastering.pipeline.ts");
    await eventually(
      "the copy to be open",
      () => Promise.resolve(vscode.window.activeTextEditor?.document.uri.fsPath),
      (shown) => shown === path,
    );
    await typeScriptKnows("definePipeline", path, new vscode.Position(0, 12));
    const problems = vscode.languages.getDiagnostics(vscode.Uri.file(path)).map(({ message }) => message);
    assert.deepEqual(problems, []);
  });
});
