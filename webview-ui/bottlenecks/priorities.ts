import { PRIORITY_RULE, type Priority } from "../../src/core/bottlenecks/priority.ts";
import { rankStages, type RankedStage } from "../../src/core/bottlenecks/priorities.ts";
import { formatDuration, formatShare } from "../../src/core/format.ts";
import { stageTitle } from "../../src/core/run/stageTitle.ts";
import { add, addButton, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { addSwatch } from "../parts/icon.ts";
import { addSourceLink } from "../parts/sourceLink.ts";
import { stageColour, texturePaint } from "../theme/textures.ts";
import type { View } from "../view.ts";

/** Where to begin: stages by their share, each with its functions and why it takes what it takes. */
export function drawPriorities(host: Part, view: View): void {
  const section = addSection(host, "priorities", "Priorities", PRIORITY_RULE);
  const list = add(section, "ol", "priority-list");
  for (const each of rankStages(view.run)) drawOne(add(list, "li", "priority-entry"), view, each);
}

function drawOne(entry: Part, view: View, { stage, priority, functions, reason }: RankedStage): void {
  addPriority(entry, priority);
  const words = add(entry, "div");
  const head = add(words, "p", "priority-head");
  const index = view.run.stages.indexOf(stage);
  addSwatch(head, texturePaint(index), `var(${stageColour(index)})`);
  addButton(head, "text-button", stageTitle(stage), () => view.go({ view: "flame", stage: stage.name }));
  add(head, "b", "number", formatShare(stage.share));
  add(head, "span", "quiet number", formatDuration(stage.selfMs));
  add(words, "p", "", capitalised(reason));
  if (functions.length === 0) return;
  const list = add(words, "ul", "priority-functions quiet");
  for (const { name, file, line, share } of functions) {
    const place = add(list, "li");
    add(place, "span", "", `${name} ${formatShare(share)} of it`);
    if (file === "") continue;
    place.append("span").text(" ");
    addSourceLink(place, view, { file, line: Math.max(1, line) });
  }
}

/** The word itself; its weight and frame repeat it. */
export function addPriority(host: Part, priority: Priority): void {
  add(host, "span", `priority ${priority.toLowerCase()}`, priority);
}

const capitalised = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
