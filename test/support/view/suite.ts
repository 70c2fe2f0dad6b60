import type { Browser, Page } from "playwright-core";
import assert from "node:assert/strict";
import type { Run } from "../../../src/core/run/run.ts";
import type { PanelContent, PanelPlace } from "../../../src/protocol/panel.ts";
import { exampleRun } from "../exampleRun.ts";
import { openBrowser, openPanel } from "./panelPage.ts";
import type { PanelOptions, PanelPage, Told } from "./panelPage.ts";

/** One for all suites of a test run: starting one takes longer than most tests. */
let browser: Promise<Browser | null> | undefined;

after(async () => {
  const open = await browser?.catch(() => null);
  await open?.close();
});

export interface PanelSuite {
  readonly open: (
    place: PanelPlace,
    run?: Run,
    options?: PanelOptions & Pick<PanelContent & { readonly kind: "run" }, "code" | "settings">,
  ) => Promise<PanelPage>;
  readonly show: (content: PanelContent, options?: PanelOptions) => Promise<PanelPage>;
  /** What a person reads there, with plain spaces. */
  readonly read: (selector: string) => Promise<string>;
  /** What the editor was asked to do; where one is, it hears all the time. */
  readonly asked: () => Promise<Told[]>;
}

export interface DocumentOptions {
  readonly width: number;
  readonly colorScheme: "light" | "dark";
}

/** Called in a `describe`: pages of their own for documents, each closed after its test. Without a browser the suite is skipped. */
export function documentSuite(): (html: string, options: DocumentOptions) => Promise<Page> {
  let found: Browser | null = null;
  let page: Page | undefined;

  before(async function () {
    browser ??= openBrowser();
    found = await browser;
    if (!found) this.skip();
  });
  afterEach(async () => {
    await page?.context().close();
    page = undefined;
  });

  return async (html, { width, colorScheme }) => {
    if (!found) throw new Error("There is no browser.");
    const context = await found.newContext({ viewport: { width, height: 800 }, colorScheme });
    page = await context.newPage();
    await page.setContent(html);
    return page;
  };
}

/**
 * Called in a `describe`: a page for each test, closed after it, which must not have complained. Without a browser the
 * suite is skipped.
 */
export function panelSuite(): PanelSuite {
  let found: Browser | null = null;
  let panel: PanelPage | undefined;

  before(async function () {
    browser ??= openBrowser();
    found = await browser;
    if (!found) this.skip();
  });
  afterEach(async () => {
    const complaints = panel?.complaints ?? [];
    await panel?.page.context().close();
    panel = undefined;
    assert.deepEqual(complaints, [], "the page reported errors");
  });

  function opened(): PanelPage {
    if (!panel) throw new Error("The test has opened no panel.");
    return panel;
  }

  async function show(content: PanelContent, options: PanelOptions = {}): Promise<PanelPage> {
    if (!found) throw new Error("There is no browser.");
    panel = await openPanel(found, content, options);
    return panel;
  }

  return {
    show,
    open: (place, run = exampleRun, { code, settings, ...options } = {}) =>
      show(
        { kind: "run", run, place, ...(code ? { code } : {}), ...(settings ? { settings } : {}) },
        options,
      ),
    read: async (selector) => {
      const texts = await opened().page.locator(selector).allInnerTexts();
      return texts.join("\n").replaceAll(/[\u202f\u00a0]/g, " ");
    },
    asked: async () => (await opened().told()).filter(({ method }) => method !== "moved"),
  };
}
