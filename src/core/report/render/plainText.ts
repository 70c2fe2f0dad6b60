import type { Report, ReportSection } from "../document/report.ts";
import type { TableText } from "../parts/tables.ts";
import { fit, harmless, painter, table, widthOf, wrap } from "../terminalText.ts";
import { REPORT_TITLE } from "./begin.ts";

/** So wide sentences are; tables are as wide as they are. */
const COLUMNS = 100;
const CODE_COLUMNS = 60;
const INDENT = "  ";

/** For a mail, a log or a terminal. */
export function plainText({ title, facts, sections }: Report): string {
  const head = [harmless(`${REPORT_TITLE}${title}`), ...facts.flatMap((fact) => wrap(fact, COLUMNS, INDENT))];
  return `${[head, ...sections.map(sectionLines)].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function sectionLines({ title, notes, table: cells }: ReportSection): string[] {
  return [
    title,
    "-".repeat(widthOf(title)),
    ...notes.flatMap((note) => wrap(note, COLUMNS, INDENT)),
    ...(notes.length > 0 && cells ? [""] : []),
    ...(cells ? tableLines(cells) : []),
  ];
}

function tableLines({ columns, rows }: TableText): string[] {
  const plain = rows.map((row) =>
    row.map(({ text }, column) => ({
      text: columns[column]?.isCode ? fit(harmless(text), CODE_COLUMNS) : harmless(text),
    })),
  );
  return table(columns, plain, painter(false));
}
