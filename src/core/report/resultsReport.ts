import { plural } from "../format.ts";
import { resultRows, type ResultRow } from "../run/resultRows.ts";
import type { Run } from "../run/run.ts";
import { fit, harmless, table, widthOf, type Cell, type Column, type Paint } from "./terminalText.ts";

/** Lines of the table; what comes after them is counted. */
const MOST_LINES = 12;
const LEAST_VALUE_COLUMNS = 24;
const GAP = 2;

const COLUMNS: readonly Column[] = [
  { title: "stage", align: "left" },
  { title: "result", align: "left" },
  { title: "value", align: "left" },
];

/** What the stages emitted, one result after the other; records go on in the next line. */
export function resultLines(run: Run, columns: number, paint: Paint): string[] {
  const rows = resultRows(run);
  if (rows.length === 0) return [];
  const widest = (text: (row: ResultRow) => string): number =>
    Math.max(...rows.map((row) => widthOf(harmless(text(row)))));
  const names =
    Math.max(
      "stage".length,
      widest(({ stage }) => stage),
    ) + GAP;
  const values =
    names +
    Math.max(
      "result".length,
      widest(({ name }) => name),
    ) +
    GAP;
  const room = Math.max(LEAST_VALUE_COLUMNS, columns - values);
  const cells: Cell[][] = [];
  let shown = 0;
  for (const row of rows) {
    const lines = wrapped(row.parts.map(harmless), room);
    if (cells.length + lines.length > MOST_LINES) break;
    shown += 1;
    cells.push(
      ...lines.map((text, index) => [
        { text: index === 0 ? harmless(row.stage) : "" },
        { text: index === 0 ? harmless(row.name) : "" },
        { text },
      ]),
    );
  }
  const left = rows.length - shown;
  const more = left === 0 ? [] : [paint("quiet", `and ${plural(left, "other")}: --json writes all of them`)];
  return [...table(COLUMNS, cells, paint), ...more];
}

/** Broken only between parts; one that is too long for a line is cut. */
function wrapped(parts: readonly string[], room: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last}, ${part},`) <= room) {
      lines[lines.length - 1] = `${last}, ${part}`;
      continue;
    }
    if (last !== undefined) lines[lines.length - 1] = `${last},`;
    lines.push(fit(part, room - 1));
  }
  return lines.length === 0 ? ["nothing"] : lines;
}
