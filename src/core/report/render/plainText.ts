import type { Report, ReportSection } from "../document/report.ts";
import type { TableText } from "../parts/tables.ts";
import { fit, harmless, painter, table, widthOf } from "../terminalText.ts";
import { REPORT_TITLE } from "./begin.ts";

/** So wide sentences are; tables are as wide as they are. */
const COLUMNS = 100;
const CODE_COLUMNS = 60;
const INDENT = "  ";

/** For a mail, a log or a terminal. */
export function plainText({ title, facts, sections }: Report): string {
  const head = [harmless(`${REPORT_TITLE}${title}`), ...facts.flatMap((fact) => wrapped(fact, COLUMNS))];
  return `${[head, ...sections.map(sectionLines)].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function sectionLines({ title, notes, table: cells }: ReportSection): string[] {
  return [
    title,
    "-".repeat(widthOf(title)),
    ...notes.flatMap((note) => wrapped(note, COLUMNS)),
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

/** Broken between words; what goes on is set in. */
function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of harmless(text).split(" ")) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(word);
    else if (widthOf(`${last} ${word}`) <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${INDENT}${word}`);
  }
  return lines;
}
