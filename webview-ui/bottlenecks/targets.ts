import type { Target } from "../../src/core/bottlenecks.ts";
import { formatCount, formatDuration, formatShare } from "../../src/core/format.ts";
import { add, addButton, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { addSwatch } from "../parts/icon.ts";
import { stageColour, texturePaint } from "../theme/textures.ts";
import type { View } from "../view.ts";

/** Stages that run so often that each microsecond counts. */
export function drawTargets(host: Part, view: View, targets: readonly Target[]): void {
  const section = addSection(host, "targets", "Targets", "stages called more than 1,000 times, by time");
  if (targets.length === 0) {
    add(
      section,
      "p",
      "quiet",
      "No stage was called more than 1,000 times. A longer recording has more blocks.",
    );
    return;
  }
  const list = add(section, "ul", "target-list");
  for (const target of targets) {
    const stage = view.run.stages.findIndex((each) => each.name === target.stage);
    const entry = add(list, "li");
    addSwatch(entry, texturePaint(stage), `var(${stageColour(stage)})`);
    addButton(entry, "text-button", target.stage, () => view.go({ view: "flame", stage: target.stage }));
    const each = formatDuration(target.selfMs / target.calls);
    add(
      entry,
      "span",
      "quiet",
      ` ${formatCount(target.calls)} calls of ${each} on average: ${formatDuration(target.selfMs)}, ${formatShare(target.share)}`,
    );
  }
}
