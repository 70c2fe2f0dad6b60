import { stageColour, texturePaint } from "../theme/textures.ts";
import { add } from "./dom.ts";
import type { Part } from "./dom.ts";

/** A horizontal bar from 0, `part` (0 to 1) of its ground. Its number stands beside it, so it isn't read aloud. */
export function addStageBar(parent: Part, part: number, stage: number): void {
  const fill = add(ground(parent), "span", "bar-fill").style("width", percent(part));
  fill.style("border-color", `var(${stageColour(stage)})`);
  fill
    .append("svg")
    .append("rect")
    .attr("width", "100%")
    .attr("height", "100%")
    .style("fill", stage < 0 ? "var(--ground)" : texturePaint(stage));
}

/** Outlined: expected. Solid: measured. */
export function addGainBar(parent: Part, part: number, kind: "expected" | "measured"): void {
  add(ground(parent), "span", `bar-fill ${kind}`).style("width", percent(part));
}

function ground(parent: Part): Part {
  return add(parent, "span", "bar-ground").attr("aria-hidden", "true");
}

function percent(part: number): string {
  return `${(Math.min(1, Math.max(0, part)) * 100).toFixed(2)}%`;
}
