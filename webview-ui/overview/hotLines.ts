import { formatDuration, formatLoad, formatShare } from "../../src/core/format.ts";
import { baseName } from "../../src/core/flame/describe.ts";
import type { LineFigures } from "../../src/core/run.ts";
import { add, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { addStageBar } from "../parts/bar.ts";
import { addSwatch } from "../parts/icon.ts";
import { stageColour, texturePaint } from "../theme/textures.ts";
import type { View } from "../view.ts";

const SHOWN = 10;
const CLEAN_BELOW = 0.01;

/** The lines that cost most; each opens its place in the source. */
export function drawHotLines(host: Part, view: View): void {
  const hot = hotLines(view.run.lines);
  const section = addSection(host, "hot-lines", "Hottest lines", "self time, of all stage time");
  if (hot.length === 0) {
    add(
      section,
      "p",
      "quiet",
      "No line stands out: each took less than 1 % or less than its error. A longer recording tells more.",
    );
    return;
  }
  const withCode = hot.some((line) => view.codeAt(line.file, line.line) !== "");
  const list = add(section, "ol", withCode ? "hot-list" : "hot-list without-code");
  const most = hot[0]?.share ?? 1;
  hot.forEach((line, index) => {
    const stage = view.run.stages.findIndex((each) => each.name === line.stage);
    const entry = add(add(list, "li"), "button", "hot-entry")
      .attr("type", "button")
      .attr("title", `Open ${line.file}:${line.line}`)
      .on("click", () => view.openSource({ file: line.file, line: line.line }));
    add(entry, "span", "rank quiet number", String(index + 1));
    const place = add(entry, "span", "hot-place");
    addSwatch(place, texturePaint(stage), `var(${stageColour(stage)})`);
    add(place, "span", "mono link", `${baseName(line.file)}:${line.line}`);
    add(place, "span", "quiet small", line.stage);
    add(entry, "span", "hot-share number", formatShare(line.share));
    addStageBar(entry, line.share / most, stage);
    const code = view.codeAt(line.file, line.line);
    if (code !== "") add(entry, "code", "hot-code", code);
    add(
      entry,
      "span",
      "hot-figures quiet small number",
      `± ${(line.error * 100).toFixed(1)} · ${formatDuration(line.selfMs)} · ${formatLoad(line.load)} load`,
    );
  });
}

/** Lines from 1 % on whose share is more than its error. */
function hotLines(lines: readonly LineFigures[]): LineFigures[] {
  return lines.filter((line) => line.share >= CLEAN_BELOW && line.share > line.error).slice(0, SHOWN);
}
