import type { ElementHandle, Locator, Page } from "playwright-core";
import type { AfterText, EditorSteps } from "../editorSteps.ts";
import { until } from "../until.ts";

type SourceSteps = Pick<EditorSteps, "afterText" | "hoverText" | "lenses" | "clickLens" | "markedLines">;

export function sourceSteps(page: Page): SourceSteps {
  const editor = page.locator(".editor-group-container.active .editor-instance").first();
  const lenses = page.locator(".editor-instance .codelens-decoration a");
  return {
    afterText: (line) => readAfterText(editor, line),
    async hoverText(line, word) {
      const hover = page.locator(".monaco-hover:visible .hover-contents");
      return until(`a hover over "${word}" in line ${line}`, async () => {
        const at = await placeOfWord(editor, line, word);
        if (!at) return undefined;
        await page.mouse.move(at.x + 40, at.y + 200);
        await page.mouse.move(at.x, at.y, { steps: 3 });
        await hover
          .first()
          .waitFor({ timeout: 3000 })
          .catch(() => undefined);
        const texts = await hover.allInnerTexts();
        return texts.length > 0 && texts.join("\n");
      });
    },
    lenses: () => lenses.allInnerTexts(),
    async clickLens(neighbour, label) {
      await editor
        .locator(".codelens-decoration", { hasText: neighbour })
        .locator("a", { hasText: label })
        .click();
    },
    markedLines: () => readMarkedLines(editor),
  };
}

/** The view's lines carry no number: the one in the margin at the same height tells. Null where it isn't in view. */
async function shownLine(editor: Locator, line: number): Promise<ElementHandle<HTMLElement> | null> {
  const found = await editor.evaluateHandle((root, wanted) => {
    const numbers = [...root.querySelectorAll<HTMLElement>(".margin-view-overlays .line-numbers")];
    const top = numbers.find((one) => one.textContent.trim() === String(wanted))?.getBoundingClientRect().top;
    const lines = [...root.querySelectorAll<HTMLElement>(".view-line")];
    return top === undefined
      ? undefined
      : lines.find((one) => Math.abs(one.getBoundingClientRect().top - top) < 2);
  }, line);
  return found.asElement();
}

async function readAfterText(editor: Locator, line: number): Promise<AfterText[]> {
  const shown = await shownLine(editor, line);
  if (!shown) return [];
  return shown.evaluate((element) =>
    [...element.querySelectorAll("span")].flatMap((span) => {
      const style = getComputedStyle(span, "::after");
      const text = /^"(.*)"$/s.exec(style.content)?.[1];
      return text ? [{ text, color: style.color, italic: style.fontStyle === "italic" }] : [];
    }),
  );
}

async function placeOfWord(
  editor: Locator,
  line: number,
  word: string,
): Promise<{ x: number; y: number } | null> {
  const shown = await shownLine(editor, line);
  if (!shown) return null;
  return shown.evaluate((element, sought) => {
    for (const span of element.querySelectorAll('span[class^="mtk"]')) {
      const text = span.firstChild;
      const at = text?.textContent?.indexOf(sought) ?? -1;
      if (!text || at < 0) continue;
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + sought.length);
      const box = range.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }
    return null;
  }, word);
}

function readMarkedLines(editor: Locator): Promise<number[]> {
  return editor.evaluate((root) => {
    const numbers = [...root.querySelectorAll<HTMLElement>(".margin-view-overlays .line-numbers")].map(
      (one) => ({
        line: Number(one.textContent.trim()),
        top: one.getBoundingClientRect().top,
      }),
    );
    const pictures = [
      ...root.querySelectorAll<HTMLElement>(".glyph-margin-widgets .cgmr, .margin-view-overlays .cgmr"),
    ];
    return pictures.flatMap((picture) => {
      const { top } = picture.getBoundingClientRect();
      return numbers.filter((one) => Math.abs(one.top - top) < 2).map((one) => one.line);
    });
  });
}
