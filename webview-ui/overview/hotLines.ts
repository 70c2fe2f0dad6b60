import { formatError, formatLoad, formatShare } from "../../src/core/format.ts";
import { nameInRun } from "../../src/core/names/fileNames.ts";
import { hotLines, type HotLine } from "../../src/core/lines/hotLines.ts";
import { add, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { addStageBar } from "../parts/bar.ts";
import { addSwatch } from "../parts/icon.ts";
import { stageColour, texturePaint } from "../theme/textures.ts";
import { formatCost, wholeWords } from "../../src/core/run/cost.ts";
import type { Run } from "../../src/core/run/run.ts";
import type { View } from "../view.ts";
import { whyNoLines } from "../parts/noLines.ts";

const SHOWN = 10;

/** The lines that cost most, as the editor and the terminal list them; each opens its place in the source. */
export function drawHotLines(host: Part, view: View): void {
  const hot = hotLines(view.run, 0).slice(0, SHOWN);
  const section = addSection(host, "hot-lines", "Hottest lines", `self, of ${wholeWords(view.run)}`);
  if (hot.length === 0) {
    add(section, "p", "quiet", whyNoLines(view.run));
    return;
  }
  const withCode = hot.some((line) => view.codeAt(line.file, line.line) !== "");
  const list = add(section, "ol", withCode ? "hot-list" : "hot-list without-code");
  const most = hot[0]?.share ?? 1;
  hot.forEach((line, index) => {
    const stage = view.run.stages.findIndex((each) => each.name === line.stages[0]);
    const entry = add(add(list, "li"), "button", "hot-entry")
      .attr("type", "button")
      .attr("title", `Open ${line.file}:${line.line}`)
      .on("click", () => view.openSource({ file: line.file, line: line.line }));
    add(entry, "span", "rank quiet number", String(index + 1));
    const place = add(entry, "span", "hot-place");
    addSwatch(place, texturePaint(stage), `var(${stageColour(stage)})`);
    add(place, "span", "mono link", `${nameInRun(view.run, line.file)}:${line.line}`);
    add(place, "span", "quiet small", line.stages.join(", "));
    add(entry, "span", "hot-share number", formatShare(line.share));
    addStageBar(entry, line.share / most, stage);
    const code = view.codeAt(line.file, line.line);
    if (code !== "") add(entry, "code", "hot-code", code);
    add(entry, "span", "hot-figures quiet small number", figuresOf(line, view.run));
  });
}

function figuresOf({ error, selfMs, load }: HotLine, run: Run): string {
  const certainty = error > 0 || !run.imported ? [`± ${formatError(error)}`] : [];
  const loads = run.imported ? [] : [`${formatLoad(load)} load`];
  return [...certainty, formatCost(run, selfMs), ...loads].join(" · ");
}
