import { add, addButton } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import type { FlameState } from "./state.ts";

const MOST = 30;

/** The callers of the box that is zoomed to; each goes back to itself. */
export function drawBreadcrumb(host: Part, state: FlameState, path: readonly number[]): void {
  host.node()?.replaceChildren();
  path.forEach((box, index) => {
    // The whole run and the nearest callers: a deep stack has more than anybody reads.
    if (index > 0 && index < path.length - MOST) return;
    const name = index === path.length - MOST ? "…" : (state.meanings[box]?.name ?? "");
    if (index > 0) add(host, "span", "quiet", "›").attr("aria-hidden", "true");
    if (box === state.zoomed()) add(host, "b", "", name).attr("aria-current", "location");
    else addButton(host, "text-button", name, () => state.zoom(box));
  });
}
