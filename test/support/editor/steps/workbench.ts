import type { Page } from "playwright-core";
import type { EditorSteps } from "../editorSteps.ts";
import { until } from "../until.ts";

type WorkbenchSteps = Pick<
  EditorSteps,
  | "statusItem"
  | "clickStatusItem"
  | "runCommand"
  | "offeredCommands"
  | "pickTitle"
  | "pickItems"
  | "pick"
  | "press"
  | "type"
  | "notices"
  | "activationText"
  | "problems"
  | "openNotifications"
  | "notifications"
  | "cancelProgress"
>;

export async function workbenchSteps(page: Page): Promise<WorkbenchSteps> {
  const status = (id: string) => page.locator(`.statusbar-item[id="${id}"]`);
  const input = page.locator(".quick-input-widget:visible input[type=text]").first();
  const rows = page.locator(".quick-input-widget:visible .quick-input-list .monaco-list-row");
  const center = page.locator(".notifications-center");
  const labels = rows.locator(".label-name");
  await watchNotices(page);

  /** The list follows the words a moment later: it is complete when its first row holds them. */
  async function searchCommands(words: string): Promise<void> {
    await page.keyboard.press("F1");
    await input.fill(`>${words}`);
    await until(`the command palette to answer "${words}"`, async () => (await rows.count()) > 0);
  }

  return {
    activationText: (extension) =>
      page
        .locator(".runtime-extensions-editor .extension", { hasText: extension })
        .locator(".activation-time")
        .first()
        .innerText(),
    async statusItem(id) {
      const [text] = await status(id).locator("visible=true").allInnerTexts();
      return text?.trim() ?? null;
    },
    async clickStatusItem(id) {
      await status(id).locator("a").first().click();
    },
    async runCommand(title) {
      await searchCommands(title);
      const row = rows.filter({ hasText: title }).first();
      await row.click();
    },
    async offeredCommands(words) {
      await searchCommands(words);
      const found = await labels.allInnerTexts();
      await page.keyboard.press("Escape");
      return found;
    },
    async pickTitle() {
      const [title] = await page.locator(".quick-input-widget:visible .quick-input-title").allInnerTexts();
      return title ?? null;
    },
    async pickItems() {
      await rows.first().waitFor();
      return (await rows.allInnerTexts()).map((text) => text.replace(/\s*\n\s*/g, " | "));
    },
    async pick(label) {
      await rows.filter({ hasText: label }).first().click();
    },
    press: (keys) => page.keyboard.press(keys),
    type: (text) => page.keyboard.type(text),
    notices: () =>
      page.evaluate(() => {
        const kept = window as unknown as { waveflameNotices?: string[] };
        return kept.waveflameNotices?.splice(0) ?? [];
      }),
    async problems() {
      await page.locator(".markers-panel").waitFor();
      return page.locator(".markers-panel .monaco-list-row").allInnerTexts();
    },
    async openNotifications() {
      await searchCommands("Notifications: Show Notifications");
      await rows.first().click();
      await center.waitFor();
    },
    notifications: () => center.locator(".notification-list-item-message").allInnerTexts(),
    async cancelProgress() {
      await center.locator(".monaco-button", { hasText: "Cancel" }).first().click();
    },
  };
}

/** Toasts come and go, and tests suppress them; what is announced to a screen reader says the same. */
async function watchNotices(page: Page): Promise<void> {
  await page.evaluate(() => {
    const kept = window as unknown as { waveflameNotices?: string[] };
    const notices = (kept.waveflameNotices ??= []);
    const keep = (text: string | null) => {
      const said = text?.trim();
      if (said && notices.at(-1) !== said) notices.push(said);
    };
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const spoken = element?.closest(
          ".monaco-alert, .monaco-status, .notification-list-item-message, .statusbar-item",
        );
        if (spoken) keep(spoken.textContent);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}
