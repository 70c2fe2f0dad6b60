import { findTargets, targetsRule, type Target } from "../../src/core/bottlenecks/targets.ts";
import { formatDuration, formatShare } from "../../src/core/format.ts";
import type { Run } from "../../src/core/run/run.ts";
import { add, addButton, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { addSwatch } from "../parts/icon.ts";
import { addSourceLink } from "../parts/sourceLink.ts";
import { stageColour, texturePaint } from "../theme/textures.ts";
import type { View } from "../view.ts";
import { addPriority } from "./priorities.ts";

/** What runs so often that each microsecond counts. */
export function drawTargets(host: Part, view: View): void {
  const targets = findTargets(view.run);
  const section = addSection(host, "targets", "Targets", `${targetsRule(view.run)}, by time`);
  if (targets.length === 0) {
    add(section, "p", "quiet", noneWords(view.run));
    return;
  }
  const list = add(section, "ul", "priority-list");
  for (const target of targets) drawOne(add(list, "li", "priority-entry"), view, target);
}

function drawOne(entry: Part, view: View, target: Target): void {
  addPriority(entry, target.priority);
  const words = add(entry, "div");
  const head = add(words, "p", "priority-head");
  const stage = view.run.stages.findIndex((each) => each.name === target.stage);
  addSwatch(head, texturePaint(stage), `var(${stageColour(stage)})`);
  if (target.kind === "stage")
    addButton(head, "text-button", target.name, () => view.go({ view: "flame", stage: target.stage }));
  else add(head, "span", "", target.name);
  add(head, "b", "number", formatShare(target.share));
  add(head, "span", "quiet number", formatDuration(target.selfMs));
  if (target.file !== "") addSourceLink(head, view, { file: target.file, line: Math.max(1, target.line) });
  add(words, "p", "quiet", `${target.reason}.`);
}

const noneWords = ({ counts }: Run): string =>
  counts === null
    ? "No stage was called more than 1,000 times. A longer recording has more blocks."
    : "No function that took any time was called more than 1,000 times.";
