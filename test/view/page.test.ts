import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Finding, Run } from "../../src/core/run/run.ts";
import { drawRun, exampleRun } from "../support/exampleRun.ts";
import { panelSuite } from "../support/view/suite.ts";

describe("the panel", () => {
  const { open, show, read } = panelSuite();

  it("has tabs that move with the arrow keys and tell the editor where one is", async () => {
    const { page, told } = await open({ view: "overview" });
    await page.getByRole("tab", { name: "Overview" }).focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await read(":focus"), "Flame graph");
    assert.equal(await page.locator(".flame-graph").count(), 1);
    await page.keyboard.press("End");
    assert.equal(await page.getByRole("tab", { selected: true }).innerText(), "Tuning");
    assert.deepEqual(
      (await told()).map(({ params }) => params),
      [{ view: "flame" }, { view: "tuning" }],
    );
  });

  it("follows the editor to a stage and a line", async () => {
    const { page, tell } = await open({ view: "overview" });
    await tell("reveal", { view: "flame", file: "src/biquad.ts", line: 31 });
    await page.waitForSelector(".flame-detail");
    assert.equal(await read(".flame-detail h2"), "biquad.ts:31");
    assert.match(await read(".flame-detail"), /in stage equaliser/);
  });

  it("says that a run is gone, and what to do", async () => {
    await show({
      kind: "missing",
      text: "This run was deleted. Profile the recording again.",
    });
    assert.match(await read("#app"), /No run to show\s+This run was deleted\. Profile the recording again\./);
  });

  it("says that a run can't be drawn, and what to do", async () => {
    const broken = { ...exampleRun, audio: null } as unknown as Run;
    const { page, told } = await show({ kind: "run", run: broken, place: { view: "overview" } });
    assert.match(await read("#app"), /^This can't be shown\s+Drawing it failed \(.+\)\. Choose Run again/);
    await page.getByRole("button", { name: "Run again" }).click();
    assert.equal((await told()).length, 1);
  });

  it("keeps the other views where one can't be drawn", async () => {
    const broken = { ...exampleRun, machine: null } as unknown as Run;
    const { page } = await open({ view: "tuning" }, broken);
    assert.match(await read("#view"), /^This can't be shown/);
    await page.getByRole("tab", { name: "Bottlenecks" }).click();
    assert.equal(await page.locator(".function-table").count(), 1);
  });

  it("warns below the title, on every page, where the recording is damaged, and says the time once", async () => {
    const text = "damaged.mp3 was decoded with errors at 3 places, the first at 0:07.0: a frame is cut off.";
    const finding: Finding = {
      kind: "decoded-with-errors",
      severity: "warning",
      text,
      where: { time: 7 },
    };
    const { page } = await open({ view: "tuning" }, { ...exampleRun, findings: [finding] }, { width: 520 });
    assert.equal(await read(".page-header .recording-fault"), text);
    assert.equal(await page.locator(".recording-fault").getByRole("img", { name: "Warning" }).count(), 1);
    await page.screenshot({ path: join(import.meta.dirname, "..", "out", "page-damaged.png") });
    await page.getByRole("tab", { name: "Overview" }).click();
    assert.equal((await read(".finding-list")).trim(), text);
  });

  it("says that a run was cancelled before anything was measured, and still offers to run it again", async () => {
    const run = drawRun({ tree: "stage p.ts:1 stream", slow: {}, with: { state: "cancelled" } });
    const { page, told } = await open({ view: "overview" }, run);
    assert.match(await read("#app"), /Nothing was measured\s+The run was cancelled before the first block/);
    await page.getByRole("button", { name: "Run again" }).click();
    assert.equal((await told()).length, 1);
  });

  it("marks a cancelled run's figures", async () => {
    await open({ view: "overview" }, { ...exampleRun, state: "cancelled" });
    assert.match(await read(".facts"), /^cancelled: figures hold what was measured until then/);
  });

  it("has words where no deadline was measured", async () => {
    const run = { ...exampleRun, totals: { ...exampleRun.totals, deadline: null } };
    await open({ view: "overview" }, run);
    assert.match(await read(".deadline"), /No deadline was measured/);
    assert.match(await read(".speed"), /^6\.81×\s+real time on one thread/);
  });

  it("is small enough to open at once: under 250 KB", async () => {
    const { size } = await stat(join(import.meta.dirname, "..", "..", "dist", "webview", "panel.js"));
    assert.ok(size < 250 * 1024, `${size} bytes`);
  });
});
