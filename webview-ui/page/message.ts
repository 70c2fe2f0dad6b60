import { add, addButton } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";

/** Words where there is nothing to draw. */
export function drawMessage(parent: Part, title: string, text: string): Part {
  const message = add(parent, "div", "message").attr("role", "status");
  add(message, "h2", "verdict", title);
  add(message, "p", "quiet", text);
  return message;
}

/** What stands in place of a view or a page that couldn't be drawn, with a way on. */
export function drawFailure(parent: Part, error: unknown, runAgain: () => void): void {
  const reason = error instanceof Error ? error.message : String(error);
  const message = drawMessage(
    parent,
    "This can't be shown",
    `Drawing it failed (${reason}). Choose Run again to measure it anew; if that doesn't help, report it with the run's file.`,
  );
  addButton(message, "button primary", "Run again", runAgain);
}
