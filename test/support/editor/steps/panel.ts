import type { Frame, Page } from "playwright-core";
import type { EditorSteps } from "../editorSteps.ts";
import { until } from "../until.ts";

type PanelSteps = Pick<
  EditorSteps,
  "countInPanel" | "textInPanel" | "clickInPanel" | "clickPictureInPanel" | "pressInPanel" | "fillInPanel"
>;

export function panelSteps(page: Page): PanelSteps {
  /** Looked for each time: a panel that was hidden comes back in a new frame. */
  function frameWith(selector: string): Promise<Frame> {
    return until(`"${selector}" in a webview`, async () => {
      for (const frame of page.frames()) {
        const found = await frame
          .locator(selector)
          .count()
          .catch(() => 0);
        if (found > 0 && frame !== page.mainFrame()) return frame;
      }
      return undefined;
    });
  }
  return {
    countInPanel: async (selector) => (await frameWith(selector)).locator(selector).count(),
    textInPanel: async (selector) => (await frameWith(selector)).locator(selector).allInnerTexts(),
    async clickInPanel(selector, index = 0) {
      await (await frameWith(selector)).locator(selector).nth(index).click();
    },
    async clickPictureInPanel(selector, across, down) {
      const picture = (await frameWith(selector)).locator(selector).first();
      const box = await picture.boundingBox();
      if (!box) throw new Error(`"${selector}" isn't visible.`);
      await picture.click({ position: { x: box.width * across, y: down } });
    },
    async pressInPanel(selector, keys) {
      await (await frameWith(selector)).locator(selector).first().press(keys);
    },
    async fillInPanel(selector, text) {
      await (await frameWith(selector)).locator(selector).first().fill(text);
    },
  };
}
