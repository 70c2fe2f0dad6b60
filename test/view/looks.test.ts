import axe from "axe-core";
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { NO_THRESHOLDS } from "../../src/core/alerts/thresholds.ts";
import type { PanelView } from "../../src/protocol/panel.ts";
import { keepsOut } from "../support/view/axe.ts";
import { exampleCode } from "../support/exampleCode.ts";
import { measuredRun } from "../support/exampleMeasured.ts";
import { exampleRunWithVariants } from "../support/exampleVariants.ts";
import { panelSuite } from "../support/view/suite.ts";
import { PAGE_THEMES } from "../support/view/themes.ts";
import type { ThemeName } from "../support/view/themes.ts";

const VIEWS: readonly PanelView[] = ["overview", "flame", "bottlenecks", "variants", "tuning"];
const pictures = join(import.meta.dirname, "..", "out");

describe("the panel's looks", () => {
  const { open } = panelSuite();
  before(() => mkdir(pictures, { recursive: true }));

  for (const theme of Object.keys(PAGE_THEMES) as ThemeName[]) {
    for (const view of VIEWS) {
      it(`has nothing that keeps people out: ${view}, ${theme}`, async () => {
        const { page } = await open({ view }, exampleRunWithVariants, { theme, code: exampleCode });
        await page.screenshot({ path: join(pictures, `page-${view}-${theme}.png`), fullPage: true });
        await page.evaluate(axe.source);
        assert.deepEqual(await page.evaluate(keepsOut), []);
      });
    }
  }

  for (const theme of Object.keys(PAGE_THEMES) as ThemeName[]) {
    it(`has nothing that keeps people out where all was measured and limits are broken: ${theme}`, async () => {
      const thresholds = { cpuPercent: 10, memoryMB: 100, secondsPerMinute: 3, ioWaitPercent: 1 };
      const { page } = await open({ view: "overview" }, measuredRun, {
        theme,
        settings: { sortBy: "calls", thresholds },
      });
      await page.evaluate(axe.source);
      for (const view of ["overview", "bottlenecks", "tuning"]) {
        await page.locator(`#tab-${view}`).click();
        await page.screenshot({ path: join(pictures, `page-${view}-measured-${theme}.png`), fullPage: true });
        assert.deepEqual(await page.evaluate(keepsOut), [], view);
      }
    });
  }

  it("takes the system's colours where it forces them, in what is drawn, too", async () => {
    const { page } = await open({ view: "variants" }, exampleRunWithVariants, {
      theme: "hc",
      forcedColors: true,
    });
    await page.screenshot({ path: join(pictures, "page-variants-forced.png"), fullPage: true });
    const colours = await page.evaluate(() => {
      const styleOf = (selector: string) => getComputedStyle(document.querySelector(selector)!);
      return {
        words: styleOf("h2").color,
        drawn: [styleOf(".variant-bar text").fill, styleOf(".response-chart text").fill],
        tabs: [styleOf(".tab[aria-selected=true]"), styleOf(".tab")].map((style) => style.borderBottomStyle),
      };
    });
    assert.deepEqual(colours.drawn, [colours.words, colours.words]);
    assert.deepEqual(colours.tabs, ["solid", "none"]);
  });

  for (const view of VIEWS) {
    it(`fits 320 pixels without sideways scrolling: ${view}`, async () => {
      const { page } = await open({ view }, exampleRunWithVariants, { width: 320, code: exampleCode });
      await page.screenshot({ path: join(pictures, `page-${view}-320.png`), fullPage: true });
      const over = await page.evaluate(() => {
        const edge = document.documentElement.clientWidth;
        return [...document.querySelectorAll("#app *:not(.unseen *)")]
          .filter((each) => each.getBoundingClientRect().right > edge + 0.5)
          .map((each) => each.outerHTML.slice(0, 80));
      });
      assert.deepEqual(over, []);
      assert.deepEqual(await page.evaluate(brokenFigures), []);
      assert.equal(await page.locator(".tabs").isVisible(), false);
      await page.getByLabel("View", { exact: true }).selectOption("Tuning");
      assert.equal(await page.locator(".recommendation").first().isVisible(), true);
    });
  }

  for (const view of ["overview", "bottlenecks", "tuning"] as const) {
    it(`fits 300 pixels where all was measured: ${view}`, async () => {
      const settings = { sortBy: "calls", thresholds: NO_THRESHOLDS } as const;
      const { page } = await open({ view }, measuredRun, { width: 300, settings });
      await page.screenshot({ path: join(pictures, `page-${view}-measured-300.png`), fullPage: true });
      assert.deepEqual(await page.evaluate(brokenFigures), []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 300);
    });
  }

  for (const width of [560, 700, 900]) {
    it(`leaves every figure whole where all was measured, ${width} pixels wide`, async () => {
      const { page } = await open({ view: "overview" }, measuredRun, { width });
      for (const view of ["overview", "tuning"]) {
        await page.locator(`#tab-${view}`).click();
        assert.deepEqual(await page.evaluate(brokenFigures), [], view);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, view);
      }
    });

    it(`leaves every figure whole, ${width} pixels wide`, async () => {
      const { page } = await open({ view: "overview" }, exampleRunWithVariants, { width, code: exampleCode });
      for (const view of VIEWS) {
        await page.locator(`#tab-${view}`).click();
        assert.deepEqual(await page.evaluate(brokenFigures), [], view);
      }
    });
  }
});

/** Figures that stand on two lines, of those a person sees. Runs in the page. */
function brokenFigures(): string[] {
  const broken: string[] = [];
  const texts = document.createTreeWalker(document.querySelector("#app")!, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode as Text;
    if (parentElement?.closest("svg, .unseen, .flame-tree")) continue;
    for (const { 0: figure, index } of data.matchAll(/[−\d][\d.,]*(?:\u202f\S+|×)/g)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, index);
      range.setEnd(texts.currentNode, index + figure.length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1)
        broken.push(figure);
    }
  }
  return broken;
}
