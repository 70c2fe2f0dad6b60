import type { Page } from "playwright-core";
import type { EditorSteps } from "../editorSteps.ts";
import { until } from "../until.ts";

type ExplorerSteps = Pick<EditorSteps, "rightClick" | "menuItems" | "chooseMenuItem" | "closeMenu">;

/** A menu that has just opened takes its first click for the end of the right-click. */
const MENU_SETTLES_MS = 150;
const MENU_OPENS_MS = 3000;

export function explorerSteps(page: Page): ExplorerSteps {
  const row = (name: string) =>
    page.locator(`.explorer-folders-view .monaco-list-row[aria-label*=${JSON.stringify(name)}]`).first();
  const selected = page.locator(".explorer-folders-view .monaco-list-row.selected");
  const menu = page.locator(".monaco-menu");
  const items = menu.locator(".action-item:not(.disabled) .action-label:not(.separator)");

  async function closeMenu(): Promise<void> {
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "detached" });
  }

  return {
    async rightClick(names) {
      const [first, ...others] = names;
      if (first === undefined) throw new Error("Name what to right-click.");
      if (others.length > 0) await row(first).click();
      for (const name of others) {
        // While the first one opens, the explorer selects it once more, alone.
        await until(`"${name}" to be selected too`, async () => {
          if ((await selected.count()) > names.indexOf(name)) return true;
          await row(name).click({ modifiers: ["ControlOrMeta"] });
          return false;
        });
      }
      const clicked = row(others.at(-1) ?? first);
      await until(`the menu of "${names.join(", ")}"`, async () => {
        await clicked.click({ button: "right" });
        // A workbench that is still starting closes menus, or doesn't open them yet.
        const opened = await items
          .first()
          .waitFor({ timeout: MENU_OPENS_MS })
          .then(
            () => true,
            () => false,
          );
        if (!opened) return false;
        // Rows move while files appear: the click may have met another one.
        if (await clicked.evaluate((element) => element.classList.contains("focused"))) return true;
        await closeMenu();
        return false;
      });
    },
    menuItems: () => items.allInnerTexts(),
    async chooseMenuItem(label) {
      const item = items.filter({ hasText: label }).first();
      await item.waitFor();
      await page.waitForTimeout(MENU_SETTLES_MS);
      let clicked = false;
      await until(`the menu to close after "${label}"`, async () => {
        const gone = (await menu.count()) === 0;
        if (gone && !clicked) throw new Error(`The menu closed before "${label}" was clicked.`);
        if (!gone) {
          clicked = await item.click({ timeout: 1000 }).then(
            () => true,
            () => clicked,
          );
        }
        return gone;
      });
    },
    closeMenu,
  };
}
