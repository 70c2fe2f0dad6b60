import { chromium, type Browser, type Page } from "playwright-core";
import { until } from "./until.ts";

export interface Workbench {
  readonly page: Page;
  disconnect(): Promise<void>;
}

/** Connects to the editor's page, in a browser or in Electron, once its workbench is drawn. */
export async function connectToWorkbench(debuggingPort: number): Promise<Workbench> {
  const browser = await until("the editor's debugging port to answer", () =>
    chromium.connectOverCDP(`http://127.0.0.1:${debuggingPort}`, { isLocal: true }).catch(() => undefined),
  );
  const page = await until("the workbench to be drawn", () => findWorkbench(browser));
  return { page, disconnect: () => browser.close() };
}

async function findWorkbench(browser: Browser): Promise<Page | undefined> {
  for (const page of browser.contexts().flatMap((context) => context.pages())) {
    const drawn = await page
      .locator(".monaco-workbench .part.statusbar")
      .count()
      .catch(() => 0);
    if (drawn > 0) return page;
  }
  return undefined;
}
