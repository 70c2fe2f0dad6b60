import type { Browser } from "playwright-core";
import assert from "node:assert/strict";
import type { Run } from "../../src/core/run.ts";
import type { PanelPlace } from "../../src/protocol/panel.ts";
import { drawRun, exampleRun } from "../support/exampleRun.ts";
import { openBrowser, openPanel } from "../support/view/panelPage.ts";
import type { PanelOptions, PanelPage } from "../support/view/panelPage.ts";

describe("the panel", function () {
  let browser: Browser | undefined;
  let panel: PanelPage | undefined;

  before(async function () {
    browser = await openBrowser().catch((error: unknown) => {
      console.log(`    skipped: ${error instanceof Error ? error.message : String(error)}`);
      return this.skip();
    });
  });
  afterEach(async () => {
    const complaints = panel?.complaints ?? [];
    await panel?.page.context().close();
    panel = undefined;
    assert.deepEqual(complaints, [], "the page reported errors");
  });
  after(() => browser?.close());

  async function open(
    place: PanelPlace,
    run: Run = exampleRun,
    options: PanelOptions & { code?: Readonly<Record<string, string>> } = {},
  ): Promise<PanelPage> {
    const { code, ...rest } = options;
    panel = await openPanel(browser!, { kind: "run", run, place, ...(code ? { code } : {}) }, rest);
    return panel;
  }

  /** What a person reads, with plain spaces. */
  async function read(selector: string): Promise<string> {
    const texts = await panel!.page.locator(selector).allInnerTexts();
    return texts.join("\n").replaceAll(/[\u202f\u00a0]/g, " ");
  }

  async function activeText(): Promise<string> {
    return panel!.page.evaluate(() => document.activeElement?.textContent ?? "");
  }

  describe("overview", () => {
    it("says what was measured, how fast it is and whether it was in time", async () => {
      await open({ view: "overview" });
      assert.equal(await read("h1"), "evening-mix.wav through Voice master");
      assert.match(
        await read(".facts"),
        /^2 min 24 s · 48 kHz stereo · blocks of 512 · today 14:32 · profiling cost < 0\.1 %$/,
      );
      // 144 s of audio in 21.16 s of work.
      assert.match(await read(".speed"), /^6\.81×\s+real time on one thread/);
      assert.match(await read(".speed"), /13\.2×\s+real time on 4 workers, 10\.9 s/);
      assert.match(await read(".deadline"), /Budget not kept/);
      assert.match(
        await read(".deadline"),
        /168 of 13,500 blocks \(1\.2 %\) took longer than the 10\.7 ms they last\./,
      );
    });

    it("shows the stages with their shares, the costliest first, and opens one in the flame graph", async () => {
      const { page, told } = await open({ view: "overview" });
      const names = await page.locator(".stage-entry .stage-name").allInnerTexts();
      assert.deepEqual(names, ["equaliser", "limiter", "compressor", "spectrum", "envelope", "loudness"]);
      assert.match(await read(".stage-entry >> nth=1"), /23\.2 %\s+4\.91 s · 3\.4 % load/);
      await page.getByRole("button", { name: /^limiter/ }).click();
      assert.equal(await read(".flame-detail h2"), "limiter");
      assert.deepEqual(await told(), [{ method: "moved", params: { view: "flame", stage: "limiter" } }]);
    });

    it("lists the ten hottest lines, with their code, and opens one in the editor", async () => {
      const code = { "src/biquad.ts:31": "const y = b0 * x + z1;" };
      const { page, told } = await open({ view: "overview" }, exampleRun, { code });
      assert.equal(await page.locator(".hot-entry").count(), 10);
      const first = await read(".hot-entry >> nth=0");
      assert.match(
        first,
        /biquad\.ts:31\s+equaliser\s+18\.6 %\s+const y = b0 \* x \+ z1;\s+± 0\.7 · 3\.94 s/,
      );
      await page.locator(".hot-entry").first().click();
      assert.deepEqual(await told(), [{ method: "openSource", params: { file: "src/biquad.ts", line: 31 } }]);
    });

    it("leaves lines under 1 % out, and says so where nothing is left", async () => {
      const lines = exampleRun.lines.filter((line) => line.share < 0.01);
      await open({ view: "overview" }, { ...exampleRun, lines });
      assert.match(await read(".hot-lines"), /No line stands out/);
    });

    it("keeps the budget in words where no block was late, with the headroom", async () => {
      await open({ view: "overview" }, drawRun({ slow: {}, with: { findings: [] } }));
      assert.match(await read(".deadline"), /Budget kept\s+All 13,500 blocks took less than the 10\.7 ms/);
      assert.match(await read(".speed"), /headroom/);
      assert.match(await read(".findings"), /Nothing unusual was noticed/);
    });

    it("has a table behind the histogram, whose blocks add up", async () => {
      const { page } = await open({ view: "overview" });
      const counts = await page.locator(".deadline tbody td:nth-child(3)").allTextContents();
      const sum = counts.reduce((total, text) => total + Number(text.replaceAll(",", "")), 0);
      assert.equal(sum, 13_500);
    });

    it("runs again on request", async () => {
      const { page, told } = await open({ view: "overview" });
      await page.getByRole("button", { name: "Run again" }).click();
      assert.deepEqual(await told(), [{ method: "runAgain", params: null }]);
    });

    it("shows names as text, whatever they hold", async () => {
      const name = "<img src=x onerror=alert(1)>";
      const { page } = await open(
        { view: "overview" },
        {
          ...exampleRun,
          pipeline: { ...exampleRun.pipeline, name },
          findings: [{ kind: "x", severity: "error", text: name, where: null }],
        },
      );
      assert.match(await read("h1"), /<img src=x/);
      assert.equal(await page.locator("img").count(), 0);
    });
  });

  describe("tabs", () => {
    it("move with the arrow keys and tell the editor where one is", async () => {
      const { page, told } = await open({ view: "overview" });
      await page.getByRole("tab", { name: "Overview" }).focus();
      await page.keyboard.press("ArrowRight");
      assert.equal(await activeText(), "Flame graph");
      assert.equal(await page.locator(".flame-graph").count(), 1);
      await page.keyboard.press("End");
      assert.equal(await page.getByRole("tab", { selected: true }).innerText(), "Tuning");
      assert.deepEqual(
        (await told()).map(({ params }) => params),
        [{ view: "flame" }, { view: "tuning" }],
      );
    });

    it("follow the editor to a stage and a line", async () => {
      const { page, tell } = await open({ view: "overview" });
      await tell("reveal", { view: "flame", file: "src/biquad.ts", line: 31 });
      await page.waitForSelector(".flame-detail");
      assert.equal(await read(".flame-detail h2"), "biquad.ts:31");
      assert.match(await read(".flame-detail"), /in stage equaliser/);
    });
  });

  describe("bottlenecks", () => {
    it("rank by self time, then by total time", async () => {
      const { page } = await open({ view: "bottlenecks" });
      assert.match(
        await read("tbody tr >> nth=0"),
        /^1\s+biquad\s+biquad\.ts:24\s+equaliser, loudness\s+25\.3 %/,
      );
      await page.getByRole("button", { name: "Total time" }).click();
      assert.match(await read("tbody tr >> nth=0"), /^1\s+process\s+equaliser\.ts:9/);
      assert.match(await page.locator("th[aria-sort=descending]").innerText(), /^Total/);
    });

    it("sort by a column from the keyboard, and back, keeping the focus", async () => {
      const { page } = await open({ view: "bottlenecks" });
      await page.locator("[data-column=name]").focus();
      await page.keyboard.press("Enter");
      assert.match(await read("tbody tr >> nth=0"), /\(garbage collector\)/);
      await page.keyboard.press("Enter");
      assert.match(await read("tbody tr >> nth=0"), /upsample4/);
      assert.match(await activeText(), /^Function/);
    });

    it("open the source from the link by Enter, and from anywhere in the row by a click, once", async () => {
      const { page, told } = await open({ view: "bottlenecks" });
      await page.locator("tbody .source-link").first().focus();
      await page.keyboard.press("Enter");
      await page.locator("tbody tr").nth(1).locator(".column-stage").click();
      assert.deepEqual(
        (await told()).map(({ params }) => params),
        [
          { file: "src/biquad.ts", line: 24 },
          { file: "src/compressor.ts", line: 30 },
        ],
      );
    });

    it("name the stages that are called most often and cost most", async () => {
      await open({ view: "bottlenecks" });
      assert.match(await read(".targets"), /equaliser 13,500 calls of 582 µs on average: 7\.86 s, 37\.1 %/);
    });
  });

  describe("tuning", () => {
    it("says what the machine is, what it used and why", async () => {
      await open({ view: "tuning" });
      const machine = await read(".machine");
      for (const fact of [
        /Processor\s+Intel Core i7-1165G7, 2\.80 GHz/,
        /Cores\s+4 physical, 8 logical/,
        /GPU\s+Iris Xe, memory unknown/,
        /SIMD\s+SSE, SSE2, SSE3, SSE4\.1, SSE4\.2, AVX, AVX2, FMA/,
        /Runtime\s+Node 24\.21\.0/,
      ]) {
        assert.match(machine, fact);
      }
      assert.match(await read(".workers"), /4 workers used, 6 by rule\. 4 workers, because the setting/);
    });

    it("writes unknown where nothing is known", async () => {
      const { machine } = exampleRun;
      await open(
        { view: "tuning" },
        {
          ...exampleRun,
          machine: {
            ...machine,
            cpu: "unknown",
            frequencyGHz: "unknown",
            physicalCores: "unknown",
            disk: "unknown",
            gpus: [],
            simd: "unknown",
          },
        },
      );
      const words = await read(".machine");
      for (const fact of [
        /Processor\s+unknown\n/,
        /Cores\s+unknown physical/,
        /GPU\s+none/,
        /SIMD\s+unknown/,
      ]) {
        assert.match(words, fact);
      }
    });

    it("recommends with figures, a way to try and a place, or says that there is nothing", async () => {
      const { page, told } = await open({ view: "tuning" });
      const second = await read(".recommendation >> nth=1");
      assert.match(second, /One line takes 18\.6 % of the stage time/);
      assert.match(second, /−1\.97 s, 9\.3 % of the stage time if the line took half as long/);
      await page.locator(".recommendation .source-link").nth(1).click();
      assert.deepEqual(await told(), [{ method: "openSource", params: { file: "src/biquad.ts", line: 31 } }]);
      await panel!.tell("show", {
        kind: "run",
        place: { view: "tuning" },
        run: {
          ...drawRun({ slow: {}, wallMs: 30_000 }),
          lines: [],
          workers: { used: 1, byRule: 1, reason: "One." },
        },
      });
      await page.waitForFunction(() => document.querySelectorAll(".recommendation").length === 0);
      assert.match(await read(".recommendations"), /These figures support none/);
    });
  });

  describe("without figures", () => {
    it("says that a run is gone, and what to do", async () => {
      panel = await openPanel(browser!, {
        kind: "missing",
        text: "This run was deleted. Profile the recording again.",
      });
      assert.match(
        await read("#app"),
        /No run to show\s+This run was deleted\. Profile the recording again\./,
      );
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
      assert.match(await read(".speed"), /^13\.2×\s+real time on 4 workers/);
    });
  });
});
