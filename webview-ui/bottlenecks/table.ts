import type { Bottleneck } from "../../src/core/bottlenecks/bottlenecks.ts";
import { formatCalls } from "../../src/core/bottlenecks/callCounts.ts";
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
  /** False where they weren't counted. */
  readonly withCalls: boolean;
  readonly sorting: Sorting;
  readonly sort: (sorting: Sorting) => void;
}

const COLUMNS: readonly { readonly column: Column; readonly title: string }[] = [
  { column: "name", title: "Function" },
  { column: "place", title: "Source" },
  { column: "stage", title: "Stage" },
  { column: "calls", title: "Calls" },
  { column: "self", title: "Self" },
  { column: "total", title: "Total" },
];

/** Roles are written out, because the style sheet stacks the cells where the panel is narrow. */
export function drawTable(host: Part, view: View, content: TableContent): void {
  const table = add(host, "table", "function-table").attr("role", "table");
  const head = add(add(table, "thead").attr("role", "rowgroup"), "tr").attr("role", "row");
  add(head, "th", "rank").attr("role", "columnheader").append("span").attr("class", "unseen").text("Rank");
  const columns = COLUMNS.filter(({ column }) => content.withCalls || column !== "calls");
  for (const { column, title } of columns)
    drawHeading(head, content, column, column === "stage" && view.run.imported ? "Thread" : title);
  const body = add(table, "tbody").attr("role", "rowgroup");
  const most = {
    self: Math.max(...content.rows.map((row) => row.selfMs)),
    total: Math.max(...content.rows.map((row) => row.totalMs)),
  };
  content.rows.forEach((row, index) => {
    const line = drawRow(body, view, row, index + 1);
    if (content.withCalls) drawCalls(line, row);
    drawCosts(line, view, row, most);
  });
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

interface Most {
  readonly self: number;
  readonly total: number;
}

const addCell = (line: Part, name: Column | "rank"): Part =>
  add(line, "td", `column-${name}`).attr("role", "cell");

function drawRow(body: Part, view: View, row: Bottleneck, rank: number): Part {
  const line = add(body, "tr").attr("role", "row");
  addCell(line, "rank").classed("quiet number", true).text(rank);
  // Compiled functions are named after their files.
  addPath(addCell(line, "name").append("span"), row.name);
  const place = addCell(line, "place");
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
  const first = firstStage(view, row);
  const stages = addCell(line, "stage");
  if (first >= 0) addSwatch(stages, texturePaint(first), `var(${stageColour(first)})`);
  stages.append("span").text(row.stages.join(", "));
  return line;
}

const firstStage = ({ run }: View, { stages }: Bottleneck): number =>
  run.stages.findIndex(({ name }) => name === stages[0]);

function drawCalls(line: Part, { calls }: Bottleneck): void {
  const cell = addCell(line, "calls");
  if (calls === null) add(cell, "span", "quiet", "not counted");
  else add(cell, "span", "number", formatCalls(calls));
}

function drawCosts(line: Part, view: View, row: Bottleneck, most: Most): void {
  const first = firstStage(view, row);
  const words = (ms: number): string => formatCost(view.run, ms);
  drawCost(addCell(line, "self"), words(row.selfMs), row.selfShare, row.selfMs / most.self, first);
  drawCost(addCell(line, "total"), words(row.totalMs), row.totalShare, row.totalMs / most.total, first);
}

function drawCost(cell: Part, cost: string, share: number, part: number, stage: number): void {
  const words = add(cell, "span", "cost");
  add(words, "b", "number", formatShare(share));
  add(words, "span", "quiet number", cost);
  addStageBar(cell, part, stage);
}
