import { formatShare, plural } from "../../src/core/format.ts";
import { add } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import type { FlameState } from "./state.ts";

export interface SearchBox {
  update(): void;
}

/** Finds by name and file. Enter goes from one found box to the next narrower one, Escape empties the field. */
export function addSearch(host: Part, state: FlameState): SearchBox {
  const field = add(host, "div", "search").attr("role", "search");
  field
    .append("svg")
    .attr("class", "search-sign")
    .attr("viewBox", "0 0 16 16")
    .attr("aria-hidden", "true")
    .append("path")
    .attr("d", "M6.5 1.5a5 5 0 1 0 0 10a5 5 0 1 0 0-10M10.2 10.2L15 15");
  const input = add(field, "input")
    .attr("type", "text")
    .attr("placeholder", "Find a function or file")
    .attr("aria-label", "Find a function or file in the flame graph")
    .attr("spellcheck", "false");
  const result = add(field, "output", "search-result quiet");

  input
    .on("input", () => state.search(input.property("value") as string))
    .on("keydown", (event: KeyboardEvent) => {
      if (event.key === "Enter") {
        nextFound(state, event.shiftKey ? -1 : 1);
      } else if (event.key === "Escape" && state.query() !== "") {
        input.property("value", "");
        state.search("");
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    });
  return {
    update: () => {
      const { count, share } = state.found();
      const words =
        count === 0 ? "nothing found" : `${plural(count, "box", "boxes")} · ${formatShare(share)}`;
      result.text(state.query().trim() === "" ? "" : words);
    },
  };
}

function nextFound(state: FlameState, step: 1 | -1): void {
  const { marks, count } = state.found();
  if (count === 0) return;
  const { width } = state.boxes;
  const found = Array.from(marks.keys()).filter((box) => marks[box] === 1);
  found.sort((a, b) => (width[b] ?? 0) - (width[a] ?? 0) || a - b);
  const at = found.indexOf(state.chosen());
  const next = at < 0 && step < 0 ? count - 1 : (at + step + count) % count;
  state.choose(found[next] ?? 0);
}
