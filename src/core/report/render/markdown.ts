import type { Report, ReportSection } from "../document/report.ts";
import type { TableText } from "../parts/tables.ts";
import { harmless, type Column } from "../terminalText.ts";
import { MARKDOWN_BEGINNING } from "./begin.ts";

/** For a merge request, an issue or an assistant: GitHub's Markdown, with tables. */
export function markdown({ title, facts, sections }: Report): string {
  const parts = [
    `${MARKDOWN_BEGINNING}${escaped(title)}`,
    listOf(facts),
    ...sections.flatMap((section) => sectionParts(section)),
  ];
  return `${parts.join("\n\n")}\n`;
}

function sectionParts({ title, notes, table }: ReportSection): string[] {
  const [only] = notes;
  const said = only === undefined ? [] : notes.length === 1 ? [escaped(only)] : [listOf(notes)];
  return [`## ${escaped(title)}`, ...said, ...(table ? [tableLines(table).join("\n")] : [])];
}

const listOf = (lines: readonly string[]): string => lines.map((line) => `- ${escaped(line)}`).join("\n");

function tableLines({ columns, rows }: TableText): string[] {
  const rule = columns.map(({ align }) => (align === "right" ? "---:" : "---"));
  return [
    columns.map(({ title }) => escaped(title)),
    rule,
    ...rows.map((row) => columns.map((column, index) => cellText(row[index]?.text ?? "", column))),
  ].map((cells) => `| ${cells.join(" | ")} |`);
}

const cellText = (text: string, { isCode }: Column): string =>
  isCode && text !== "" ? codeSpan(text) : escaped(text);

/** Fenced by more backticks than the code holds in a row; a bar would end the cell even in there. */
function codeSpan(code: string): string {
  const runs = code.match(/`+/g) ?? [];
  const fence = "`".repeat(1 + Math.max(0, ...runs.map((run) => run.length)));
  const inside = /^`|`$/.test(code) ? ` ${code} ` : code;
  return `${fence}${harmless(inside).replaceAll("|", "\\|")}${fence}`;
}

/** Only what would be taken for markup, so that the text reads well as it stands, too. */
export const escaped = (text: string): string =>
  harmless(text)
    .replaceAll(/[\\`*[|$]|~~|<(?=[a-z/!?])/gi, "\\$&")
    .replaceAll(/&(?=#?\w+;)/g, "\\&")
    // Within a word it is a letter.
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/^(#|>|[-+](?=\s))/, "\\$1")
    .replace(/^(\d+)([.)])(?=\s)/, "$1\\$2");
