import type { Run } from "../../src/core/run/run.ts";
import { stageTitle } from "../../src/core/run/stageTitle.ts";
import { add } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { addSwatch } from "../parts/icon.ts";
import { stageColour, texturePaint } from "../theme/textures.ts";

export function drawLegend(host: Part, run: Run): void {
  const legend = add(host, "ul", "flame-legend").attr("aria-label", "Legend");
  run.stages.forEach((stage, index) => {
    const entry = add(legend, "li");
    addSwatch(entry, texturePaint(index), `var(${stageColour(index)})`);
    add(entry, "span", "", stageTitle(stage));
  });
  for (const [sign, words] of [
    ["found", "found"],
    ["chosen", "chosen"],
    ["source", "source line"],
  ] as const) {
    const entry = add(legend, "li");
    add(entry, "span", `sign ${sign}`).attr("aria-hidden", "true");
    add(entry, "span", "", words);
  }
}
