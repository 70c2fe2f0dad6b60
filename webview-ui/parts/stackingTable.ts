import { add, onWidth } from "./dom.ts";
import type { Part } from "./dom.ts";

export interface TableColumn {
  readonly title: string;
  /** Numbers stand at the right. */
  readonly isNumber?: boolean;
}

export interface TableShape {
  readonly className: string;
  /** Read aloud before the table. */
  readonly label: string;
  /** The first is of the rows' heads. */
  readonly columns: readonly TableColumn[];
  /** Where there is less room, the cells of a row stand below each other, each with its column's title. */
  readonly narrowestPx: number;
  readonly until: AbortSignal;
}

export interface TableRow {
  readonly addHead: (text?: string) => Part;
  /** Cells come in the order of the columns. */
  readonly addCell: (className?: string, text?: string) => Part;
}

export interface StackingTable {
  readonly addRow: (className?: string) => TableRow;
}

/** Roles are written out, because a stacked table is no table to a style sheet. */
export function addTable(host: Part, shape: TableShape): StackingTable {
  const table = add(host, "table", `stacking ${shape.className}`)
    .attr("role", "table")
    .attr("aria-label", shape.label);
  const head = add(add(table, "thead").attr("role", "rowgroup"), "tr").attr("role", "row");
  for (const { title, isNumber } of shape.columns)
    add(head, "th", isNumber ? "number" : "", title)
      .attr("role", "columnheader")
      .attr("scope", "col");
  const body = add(table, "tbody").attr("role", "rowgroup");
  const element = host.node();
  if (element) onWidth(element, shape.until, (width) => table.classed("stacked", width < shape.narrowestPx));
  return { addRow: (className = "") => addRow(body, shape.columns, className) };
}

function addRow(body: Part, columns: readonly TableColumn[], className: string): TableRow {
  const row = add(body, "tr", className).attr("role", "row");
  let column = 0;
  return {
    addHead: (text) => add(row, "th", "", text).attr("role", "rowheader").attr("scope", "row"),
    addCell: (name = "", text) => {
      column += 1;
      const { title = "", isNumber = false } = columns[column] ?? {};
      const cell = add(row, "td", isNumber ? `number ${name}` : name).attr("role", "cell");
      add(cell, "span", "stacked-title quiet", title).attr("aria-hidden", "true");
      return add(cell, "span", "", text);
    },
  };
}
