// Runs in the extension host.
import { readdir, readFile } from "node:fs/promises";
import { commands, ConfigurationTarget, workspace } from "vscode";
import type { Run } from "../../../src/core/run/run.ts";
import {
  FIGURES,
  hottestLines,
  inWorkspace,
  noFiguresAt,
  open,
  PROFILE,
} from "../../../test/support/editor/product.ts";
import { editor } from "../../../test/support/editor/remote.ts";
import { until } from "../../../test/support/editor/until.ts";
import { CLICKS_VARIABLE, keepFigure } from "./figuresFile.ts";
import { HOT_FILE, HOT_LINE, RECORDING } from "./names.ts";

describe("From the click to the annotations", () => {
  const clicks = Number(process.env[CLICKS_VARIABLE] ?? 1);
  before(async () => {
    // The mouse rests on the explorer while its rows move: a hover would lie over the next one to be clicked.
    await workspace.getConfiguration().update("workbench.hover.delay", 60_000, ConfigurationTarget.Global);
  });
  for (let click = 1; click <= clicks; click += 1) {
    it(`${click} of ${clicks}`, async () => {
      await open(HOT_FILE, HOT_LINE);
      if (click > 1) await commands.executeCommand("waveflame.clearAnnotations");
      await noFiguresAt(HOT_LINE);
      await pointAtProfile();
      const began = performance.now();
      await editor.press("Enter");
      await until("the figures", async () =>
        (await editor.afterText(HOT_LINE)).some(({ text }) => FIGURES.test(text)),
      );
      const elapsedMs = performance.now() - began;
      await hottestLines();
      keepFigure({ kind: "click", first: click === 1, elapsedMs, ...(await passTimes()) });
    });
  }
});

/** By keyboard, because a menu that has just opened takes a click for the end of the right-click. */
async function pointAtProfile(): Promise<void> {
  await editor.rightClick([RECORDING]);
  const place = (await editor.menuItems()).indexOf(PROFILE);
  if (place < 0) throw new Error(`The menu doesn't offer "${PROFILE}".`);
  for (let step = 0; step <= place; step += 1) await editor.press("ArrowDown");
}

/** Of the run saved last. */
async function passTimes(): Promise<{ timedMs: number; sampledMs: number }> {
  const folder = inWorkspace(".waveflame", "runs");
  const newest =
    (await readdir(folder))
      .filter((name) => name.endsWith(".json"))
      .sort()
      .at(-1) ?? "";
  const { passes } = JSON.parse(await readFile(`${folder}/${newest}`, "utf8")) as Run;
  const wallMs = (wanted: string): number => passes.find(({ kind }) => kind === wanted)?.wallMs ?? 0;
  return { timedMs: wallMs("timed"), sampledMs: wallMs("sampled") };
}
