import { at } from "../../src/core/flame/boxes.ts";
import { withoutSource } from "../../src/core/flame/describe.ts";
import { formatShare } from "../../src/core/format.ts";
import { formatCost, partWord } from "../../src/core/run/cost.ts";
import { add } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import type { View } from "../view.ts";
import type { FlameState } from "./state.ts";

export interface Tooltip {
  show(box: number, event: MouseEvent): void;
  hide(): void;
}

/** Beside the pointer; a keyboard gets the same words from the detail below the graph. */
export function addTooltip(host: Part, view: View, state: FlameState): Tooltip {
  const tip = add(host, "div", "flame-tooltip").attr("aria-hidden", "true").attr("hidden", "");
  const name = add(tip, "b");
  const place = add(tip, "span", "quiet small");
  const code = add(tip, "code");
  const figures = add(tip, "span", "small");

  function hide(): void {
    tip.attr("hidden", "");
  }

  return {
    hide,
    show: (box, event) => {
      const meaning = state.meanings[box];
      if (!meaning) {
        hide();
        return;
      }
      const { boxes } = state;
      name.text(meaning.name);
      const stage = view.run.stages[meaning.stage]?.name;
      const isPart = meaning.kind === "run" || meaning.kind === "stage";
      const where = meaning.place
        ? `${meaning.place.file}:${meaning.place.line}`
        : isPart
          ? ""
          : withoutSource(meaning.functionKind);
      place.text(stage && !isPart ? `${where}, ${partWord(view.run)} ${stage}` : where);
      const text = meaning.kind === "line" && meaning.place ? meaning.place : null;
      code.text(text ? view.codeAt(text.file, text.line) : "");
      const total = `${formatCost(view.run, at(boxes.totalMs, box))} · ${formatShare(at(boxes.width, box))}`;
      const self = formatCost(view.run, at(boxes.selfMs, box));
      figures.text(meaning.kind === "function" ? `${total}, self ${self}` : total);
      tip.attr("hidden", null);
      const frame = host.node();
      const tipElement = tip.node();
      if (!frame || !tipElement) return;
      const room = frame.clientWidth - tipElement.offsetWidth;
      tip.style("left", `${Math.max(0, Math.min(event.offsetX + 12, room))}px`);
      tip.style("top", `${event.offsetY + 18}px`);
    },
  };
}
