import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { setImmediate as turn } from "node:timers/promises";
import { getHeapSpaceStatistics } from "node:v8";
import * as vscode from "vscode";
import { collectGarbage } from "../../../src/engine/memory/collect.ts";
import { figuresAt, hottestLines, inWorkspace, open, profile } from "../../support/editor/product.ts";
import { eventually } from "../../support/editor/until.ts";

const RUNS = 10;
/** What an editor that has done everything once holds for good. */
const SETTLED_AFTER = 3;
const MB = 2 ** 20;
/** Of seven more runs, each of which takes an eighth of a megabyte there. */
const MOST_GROWN_MB = 0.5;

/** What the extension host holds that can't be collected. */
async function heldMB(): Promise<number> {
  // What a run leaves to be done later is done.
  for (let turns = 0; turns < 20; turns++) await turn();
  collectGarbage();
  collectGarbage();
  // What V8 compiles of the host goes on growing for a while, whatever it holds.
  const objects = getHeapSpaceStatistics().filter(({ space_name: name }) => !/code|trusted/.test(name));
  const used = objects.reduce((sum, { space_used_size: bytes }) => sum + bytes, 0);
  return (used + process.memoryUsage().arrayBuffers) / MB;
}

const runsSaved = async (): Promise<number> => (await readdir(inWorkspace(".waveflame", "runs"))).length;

const workFolders = async (): Promise<string[]> =>
  (await readdir(tmpdir())).filter((name) => name.startsWith(`waveflame-${process.pid}-`));

/** Processes of the engine that this host started; null where the system has no `ps`. */
function engines(): string[] | null {
  if (process.platform === "win32") return null;
  const listed = execFileSync("ps", ["-e", "-o", "ppid=,command="], { encoding: "utf8" });
  return listed
    .split("\n")
    .filter((line) => Number.parseInt(line) === process.pid && line.includes("engine.js"));
}

describe("Ten runs one after another", () => {
  const held: number[] = [];
  before(async () => {
    const settings = vscode.workspace.getConfiguration("waveflame");
    await settings.update("samplingMs", 200, vscode.ConfigurationTarget.Global);
    await open("pitch.ts", 36);
    await profile(["speech.wav"], "voice-level");
    await vscode.commands.executeCommand("waveflame.showPanel");
    held.push(await heldMB());
    for (let run = 2; run <= RUNS; run++) {
      const shown = vscode.commands.executeCommand("waveflame.profileAgain");
      await hottestLines();
      await shown;
      await eventually("the run to be saved", runsSaved, (saved) => saved === run);
      held.push(await heldMB());
    }
  });

  it("leave no more in the editor's memory than three", () => {
    const said = held.map((mb) => mb.toFixed(1)).join(" ");
    console.log(`      MB after each run: ${said}`);
    assert.ok(held[RUNS - 1]! - held[SETTLED_AFTER - 1]! <= MOST_GROWN_MB, said);
  });

  it("leave no process and no temporary folder behind", async () => {
    await eventually("the work folders to be removed", workFolders, (left) => left.length === 0);
    const left = engines();
    if (left) assert.deepEqual(left, []);
  });

  it("leave the last one's figures in the source, once", async () => {
    await open("pitch.ts", 36);
    const { text } = await figuresAt(36);
    assert.equal(text.split("%").length - 1, 2, text);
  });
});
