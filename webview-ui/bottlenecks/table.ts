import type { Bottleneck } from "../../src/core/bottlenecks.ts";
import { withoutSource } from "../../src/core/flame/describe.ts";
import { formatShare } from "../../src/core/format.ts";
import { formatCost } from "../../src/core/run/cost.ts";
import { addStageBar } from "../parts/bar.ts";
import { add } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { addSwatch } from "../parts/icon.ts";
import { addPath } from "../parts/path.ts";
import { addSourceLink } from "../parts/sourceLink.ts";
import { stageColour, texturePaint } from "../theme/textures.ts";
import type { View } from "../view.ts";
import { nextSorting } from "./sort.ts";
import type { Column, Sorting } from "./sort.ts";

export interface TableContent {
  readonly rows: readonly Bottleneck[];
  readonly sorting: Sorting;
  readonly sort: (sorting: Sorting) => void;
}

const COLUMNS: readonly { readonly column: Column; readonly title: string }[] = [
  { column: "name", title: "Function" },
  { column: "place", title: "Source" },
  { column: "stage", title: "Stage" },
  { column: "self", title: "Self" },
  { column: "total", title: "Total" },
];

/** Roles are written out, because the style sheet stacks the cells where the panel is narrow. */
export function drawTable(host: Part, view: View, content: TableContent): void {
  const table = add(host, "table", "function-table").attr("role", "table");
  const head = add(add(table, "thead").attr("role", "rowgroup"), "tr").attr("role", "row");
  add(head, "th", "rank").attr("role", "columnheader").append("span").attr("class", "unseen").text("Rank");
  for (const { column, title } of COLUMNS)
    drawHeading(head, content, column, column === "stage" && view.run.imported ? "Thread" : title);
  const body = add(table, "tbody").attr("role", "rowgroup");
  const most = {
    self: Math.max(...content.rows.map((row) => row.selfMs)),
    total: Math.max(...content.rows.map((row) => row.totalMs)),
  };
  content.rows.forEach((row, index) => drawRow(body, view, row, index + 1, most));
}

function drawHeading(head: Part, { sorting, sort }: TableContent, column: Column, title: string): void {
  const sorted = sorting.column === column;
  const heading = add(head, "th", `column-${column}`)
    .attr("role", "columnheader")
    .attr("aria-sort", !sorted ? "none" : sorting.descending ? "descending" : "ascending");
  const button = add(heading, "button", "sort-button").attr("type", "button").attr("data-column", column);
  add(button, "span", "", title);
  add(button, "span", "sort-sign", !sorted ? "" : sorting.descending ? "↓" : "↑").attr("aria-hidden", "true");
  button.on("click", () => {
    const table = button.node()?.closest(".ranking");
    sort(nextSorting(sorting, column));
    // The heading was drawn anew: the focus goes to its successor.
    table?.querySelector<HTMLElement>(`[data-column="${column}"]`)?.focus();
  });
}

function drawRow(
  body: Part,
  view: View,
  row: Bottleneck,
  rank: number,
  most: { readonly self: number; readonly total: number },
): void {
  const line = add(body, "tr").attr("role", "row");
  const cell = (name: string) => add(line, "td", `column-${name}`).attr("role", "cell");
  cell("rank").classed("quiet number", true).text(rank);
  // Compiled functions are named after their files.
  addPath(cell("name").append("span"), row.name);
  const place = cell("place");
  if (row.file === "") {
    add(place, "span", "quiet", withoutSource(row.kind));
  } else {
    addSourceLink(place, view, { file: row.file, line: Math.max(1, row.line) });
    if (row.kind === "package") add(place, "span", "quiet small", " package");
    const open = { file: row.file, line: Math.max(1, row.line) };
    line.classed("opens", true).on("click", (event: MouseEvent) => {
      // The link itself has already told.
      if (!(event.target instanceof HTMLButtonElement)) view.openSource(open);
    });
  }
  const first = view.run.stages.findIndex((stage) => stage.name === row.stages[0]);
  const stages = cell("stage");
  if (first >= 0) addSwatch(stages, texturePaint(first), `var(${stageColour(first)})`);
  stages.append("span").text(row.stages.join(", "));
  const words = (ms: number): string => formatCost(view.run, ms);
  drawCost(cell("self"), words(row.selfMs), row.selfShare, row.selfMs / most.self, first);
  drawCost(cell("total"), words(row.totalMs), row.totalShare, row.totalMs / most.total, first);
}

function drawCost(cell: Part, cost: string, share: number, part: number, stage: number): void {
  const words = add(cell, "span", "cost");
  add(words, "b", "number", formatShare(share));
  add(words, "span", "quiet number", cost);
  addStageBar(cell, part, stage);
}
