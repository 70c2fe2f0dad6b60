import type { Run } from "../run/run.ts";
import { heapSection, HOLDS } from "./document/besides/heapSection.ts";
import { poolSection } from "./document/besides/poolSection.ts";
import { slowBlocksSection } from "./document/besides/slowBlockSections.ts";
import { narrowStageSections } from "./document/besides/stageSections.ts";
import type { ReportSection } from "./document/report.ts";
import type { TableText } from "./parts/tables.ts";
import { fit, harmless, painter, table, widthOf, wrap, type Paint } from "./terminalText.ts";

export interface TerminalSection {
  readonly title: string;
  readonly lines: readonly string[];
}

const INDENT = "  ";
const GAP = 2;
const LEAST_COLUMNS = 24;
const HEAP_TYPES = 10;

/** What was measured besides times, for a terminal. @param columns beside the sections' indent */
export function besidesSections(run: Run, columns: number, paint: Paint): TerminalSection[] {
  const tables = [
    ...narrowStageSections(run),
    // One worker alone waits for nobody.
    ...((run.pool?.workers.length ?? 0) > 1 ? poolSection(run) : []),
  ];
  return [
    ...slowBlocksSection(run).map((each) => draw(each, evidenceBelow(each, columns, paint))),
    ...tables.map((each) => draw(each, each.table ? tableLines(each.table, paint) : [])),
    ...heapSection(run).map((each) => draw(each, heapLines(each, columns, paint))),
  ].filter(({ lines }) => lines.length > 0);

  function draw({ title, notes }: ReportSection, lines: readonly string[]): TerminalSection {
    const below = notes.flatMap((note) => wrap(note, columns)).map((line) => paint("quiet", line));
    return { title: harmless(title), lines: lines.length === 0 ? [] : [...lines, ...below] };
  }
}

function tableLines({ columns, rows }: TableText, paint: Paint): string[] {
  const cells = rows.map((row) => row.map((cell) => ({ ...cell, text: harmless(cell.text) })));
  return table(columns, cells, paint);
}

/** Without its last column, which is told another way. */
const withoutLast = ({ columns, rows }: TableText): TableText => ({
  columns: columns.slice(0, -1),
  rows: rows.map((row) => row.slice(0, columns.length - 1)),
});

/** A sentence is too long for a cell: it stands below its row. */
function evidenceBelow({ table: cells }: ReportSection, columns: number, paint: Paint): string[] {
  if (!cells) return [];
  const [head = "", ...lines] = tableLines(withoutLast(cells), paint);
  const below = (index: number): string[] => {
    const evidence = cells.rows[index]?.[cells.columns.length - 1]?.text ?? "";
    if (evidence === "") return [];
    return wrap(evidence, columns - INDENT.length).map((words) => INDENT + paint("quiet", words));
  };
  return [head, ...lines.flatMap((line, index) => [line, ...below(index)])];
}

/** Of those who hold something the innermost, as many as there is room for. */
function heapLines({ table: cells }: ReportSection, columns: number, paint: Paint): string[] {
  if (!cells) return [];
  const shown = { ...cells, rows: cells.rows.slice(0, HEAP_TYPES) };
  const used = Math.max(...tableLines(withoutLast(shown), painter(false)).map(widthOf)) + GAP;
  const room = Math.max(LEAST_COLUMNS, columns - used);
  const rows = shown.rows.map((row) =>
    row.map((cell, column) =>
      column === cells.columns.length - 1 ? { ...cell, text: innermost(cell.text, room) } : cell,
    ),
  );
  return tableLines({ ...shown, rows }, paint);
}

function innermost(path: string, room: number): string {
  const holders = harmless(path).split(HOLDS);
  while (holders.length > 1 && widthOf(["…", ...holders].join(HOLDS)) > room) holders.shift();
  const isWhole = widthOf(harmless(path)) <= room;
  return fit(isWhole ? harmless(path) : ["…", ...holders].join(HOLDS), room);
}
