import axe from "axe-core";
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { reportText } from "../../src/core/report/reportFormats.ts";
import type { Run } from "../../src/core/run/run.ts";
import { measuredRun } from "../support/exampleMeasured.ts";
import { exampleRunWithVariants } from "../support/exampleVariants.ts";
import { keepsOut } from "../support/view/axe.ts";
import { documentSuite } from "../support/view/suite.ts";

const pictures = join(import.meta.dirname, "..", "out");
const RUN: Run = { ...measuredRun, variants: exampleRunWithVariants.variants };

const html = (run: Run): string =>
  reportText(run, "html", {
    thresholds: { cpuPercent: 10, memoryMB: 100, secondsPerMinute: 3, ioWaitPercent: 1 },
    sortBy: "time",
    source: () => "const a = b < c && d;\n".repeat(60),
  });

describe("the report as a page", () => {
  const open = documentSuite();
  before(() => mkdir(pictures, { recursive: true }));

  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1200, 320]) {
      it(`has nothing that keeps people out, and doesn't scroll sideways: ${colorScheme}, ${width} pixels`, async () => {
        const page = await open(html(RUN), { width, colorScheme });
        await page.screenshot({
          path: join(pictures, `report-${colorScheme}-${width}.png`),
          fullPage: true,
        });
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
        await page.evaluate(axe.source);
        assert.deepEqual(await page.evaluate(keepsOut), []);
      });
    }
  }

  it("shows names as text, whatever they hold, and has no script", async () => {
    const name = `<img src=x onerror="document.title='taken'"></title>&amp;`;
    const run = { ...RUN, pipeline: { ...RUN.pipeline, name, file: name } };
    const page = await open(html(run), { width: 1200, colorScheme: "light" });
    assert.equal(await page.locator("h1").innerText(), `Waveflame report: evening-mix.wav through ${name}`);
    assert.equal(await page.title(), `Waveflame report: evening-mix.wav through ${name}`);
    assert.equal(await page.locator("img, script, link, iframe").count(), 0);
  });

  it("is dark on light on paper, whatever the screen is, with whole tables", async () => {
    const page = await open(html(RUN), { width: 1200, colorScheme: "dark" });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await page.screenshot({ path: join(pictures, "report-print.png") });
    const paper = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      return [color, backgroundColor, getComputedStyle(document.querySelector(".wide")!).overflowX];
    });
    assert.deepEqual(paper, ["rgb(0, 0, 0)", "rgb(255, 255, 255)", "visible"]);
  });

  it("has code as code, in the row of its line", async () => {
    const page = await open(html(RUN), { width: 1200, colorScheme: "light" });
    const row = page.locator("#hottest-lines + .wide tbody tr").first();
    assert.equal(await row.locator("code").innerText(), "const a = b < c && d;");
    assert.match(await row.innerText(), /src\/biquad\.ts:31/);
  });
});
