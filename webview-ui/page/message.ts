import { add } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";

/** Words where there is nothing to draw. */
export function drawMessage(parent: Part, title: string, text: string): void {
  const message = add(parent, "div", "message").attr("role", "status");
  add(message, "h2", "verdict", title);
  add(message, "p", "quiet", text);
}
