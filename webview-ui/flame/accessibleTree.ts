import { at } from "../../src/core/flame/boxes.ts";
import { neighbour } from "../../src/core/flame/neighbours.ts";
import type { Direction } from "../../src/core/flame/neighbours.ts";
import { pathTo } from "../../src/core/flame/zoom.ts";
import { formatShare } from "../../src/core/format.ts";
import { formatCost, partWord } from "../../src/core/run/cost.ts";
import type { Run } from "../../src/core/run/run.ts";
import { add } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import type { View } from "../view.ts";
import type { FlameState } from "./state.ts";

const KEYS: Readonly<Record<string, Direction>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  Home: "first",
  End: "last",
};

export interface AccessibleTree {
  update(): void;
  focus(): void;
}

/**
 * The graph for the keyboard and for screen readers: one tree that holds the focus, over the picture. It has items for
 * the chosen box, its callers, its siblings and what it calls; the rest comes when one gets there.
 */
export function addAccessibleTree(host: Part, view: View, state: FlameState): AccessibleTree {
  const tree = add(host, "div", "flame-tree")
    .attr("role", "tree")
    .attr("tabindex", "0")
    .attr("aria-label", "Flame graph")
    .attr("aria-orientation", "horizontal");
  tree.on("keydown", (event: KeyboardEvent) => {
    if (!press(event, view, state)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    update: () => fill(tree, view.run, state),
    focus: () => tree.node()?.focus({ preventScroll: true }),
  };
}

function press(event: KeyboardEvent, view: View, state: FlameState): boolean {
  const box = state.chosen();
  const direction = KEYS[event.key];
  if (direction) {
    state.choose(neighbour(state.boxes, box, direction));
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const place = state.meanings[box]?.place;
    if (place) view.openSource(place);
  } else if (event.key === "Enter" || event.key === " ") {
    state.zoom(box);
  } else if (event.key === "Escape" || event.key === "Backspace") {
    state.back();
  } else {
    return false;
  }
  return true;
}

function fill(tree: Part, run: Run, state: FlameState): void {
  const { boxes } = state;
  const box = state.chosen();
  const path = new Set(pathTo(boxes, box));
  const near = new Set([...nearest(path), ...childrenOf(boxes.parent[box] ?? -1), ...childrenOf(box)]);
  tree.node()?.replaceChildren();
  for (const each of [...near].sort((a, b) => a - b)) {
    const parent = boxes.parent[each] ?? -1;
    const item = add(tree, "div", "", describe(run, state, each))
      .attr("id", `box-${each}`)
      .attr("role", "treeitem")
      .attr("aria-level", at(boxes.depth, each) + 1)
      .attr("aria-posinset", parent < 0 ? 1 : each - at(boxes.firstChild, parent) + 1)
      .attr("aria-setsize", parent < 0 ? 1 : at(boxes.childCount, parent))
      .attr("aria-selected", String(each === box));
    if (at(boxes.childCount, each) > 0) {
      item.attr("aria-expanded", String(path.has(each)));
    }
  }
  tree.attr("aria-activedescendant", `box-${box}`);

  function childrenOf(parent: number): number[] {
    if (parent < 0) return [];
    return Array.from(
      { length: at(boxes.childCount, parent) },
      (_, index) => at(boxes.firstChild, parent) + index,
    );
  }
}

/** A deep stack has more callers than anybody steps through at once. */
const MOST_CALLERS = 100;
const nearest = (path: ReadonlySet<number>): number[] => [...path].slice(-MOST_CALLERS);

function describe(run: Run, state: FlameState, box: number): string {
  const meaning = state.meanings[box];
  const total = `${formatCost(run, at(state.boxes.totalMs, box))}, ${formatShare(at(state.boxes.width, box))}`;
  const word = meaning?.kind === "stage" ? partWord(run) : meaning?.kind;
  const kind = meaning && meaning.kind !== "run" ? `${word ?? ""} ` : "";
  return `${kind}${meaning?.name ?? ""}, ${total}`;
}
