import type { ReportSection } from "../../src/core/report/document/report.ts";
import type { Cell } from "../../src/core/report/terminalText.ts";
import { stageColour, texturePaint } from "../theme/textures.ts";
import type { View } from "../view.ts";
import { add, addSection } from "./dom.ts";
import type { Part } from "./dom.ts";
import { addSwatch } from "./icon.ts";
import { addSourceLink } from "./sourceLink.ts";
import { addTable } from "./stackingTable.ts";

/** Where a column begins to be too narrow: of words, and of figures with a title of so many letters. */
const WORDS_PX = 110;
const figurePx = (letters: number): number => 24 + 6 * Math.max(6, letters);

/** A section as the reports have it: the same rows, with links and stages' signs. */
export function drawReportSection(
  host: Part,
  view: View,
  className: string,
  { title, notes, table }: ReportSection,
): void {
  const section = addSection(host, `besides ${className}`, title);
  for (const note of notes) add(section, "p", "quiet", note);
  if (!table) return;
  const columns = table.columns.map((column) => ({
    title: capitalised(column.title),
    isNumber: column.align === "right",
  }));
  const drawn = addTable(section, {
    className: `${className}-table`,
    label: title,
    columns,
    narrowestPx: columns.reduce(
      (sum, { title, isNumber }) => sum + (isNumber ? figurePx(title.length) : WORDS_PX),
      0,
    ),
    until: view.until,
  });
  const stageAt = table.columns.findIndex((column) => column.title === "stage");
  for (const cells of table.rows) {
    const row = drawn.addRow();
    columns.forEach(({ isNumber }, index) => {
      const cell = cells[index] ?? { text: "" };
      const place = index === 0 ? row.addHead() : row.addCell(cell.text === "" ? "empty" : "");
      if (index === 0) place.classed("number", isNumber);
      drawCell(place, view, cell, index === stageAt);
    });
  }
}

function drawCell(place: Part, view: View, { text, source }: Cell, isStage: boolean): void {
  const stage = isStage ? view.run.stages.findIndex(({ name }) => name === text) : -1;
  if (stage >= 0) addSwatch(place, texturePaint(stage), `var(${stageColour(stage)})`);
  if (source) addSourceLink(place, view, source);
  else place.append("span").text(text);
}

const capitalised = (title: string): string => title.charAt(0).toUpperCase() + title.slice(1);
