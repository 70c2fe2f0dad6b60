import type { Report, ReportSection } from "../document/report.ts";
import type { TableText } from "../parts/tables.ts";
import { harmless } from "../terminalText.ts";
import { HTML_BEGINNING, REPORT_TITLE } from "./begin.ts";
import { STYLE } from "./htmlStyle.ts";

/** One file with plain tables: no script, nothing from elsewhere, for the screen and for paper. */
export function html({ title, facts, sections }: Report): string {
  return `${HTML_BEGINNING}${escaped(title)}</title>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(`${REPORT_TITLE}${title}`)}</h1>
${paragraphs(facts)}
${sections.map(sectionText).join("\n")}
</main>
</body>
</html>
`;
}

function sectionText({ title, notes, table }: ReportSection): string {
  const id = title.toLowerCase().replaceAll(/[^a-z]+/g, "-");
  return [
    "<section>",
    `<h2 id="${id}">${escaped(title)}</h2>`,
    ...(notes.length === 0 ? [] : [paragraphs(notes)]),
    ...(table ? [tableText(table, id)] : []),
    "</section>",
  ].join("\n");
}

const paragraphs = (lines: readonly string[]): string =>
  lines.map((line) => `<p>${escaped(line)}</p>`).join("\n");

/** It may be wider than the window: the keyboard reaches its frame, to move it. */
function tableText({ columns, rows }: TableText, heading: string): string {
  const heads = columns.map(({ title, align }) => `<th scope="col"${classOf(align)}>${escaped(title)}</th>`);
  const body = rows.map((row) => {
    const cells = columns.map(({ align, isCode }, index) => {
      const text = escaped(row[index]?.text ?? "");
      return `<td${classOf(align)}>${isCode && text !== "" ? `<code>${text}</code>` : text}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  return `<div class="wide" role="region" aria-labelledby="${heading}" tabindex="0">
<table aria-labelledby="${heading}">
<thead><tr>${heads.join("")}</tr></thead>
<tbody>
${body.join("\n")}
</tbody>
</table>
</div>`;
}

const classOf = (align: "left" | "right"): string => (align === "right" ? ' class="number"' : "");

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escaped = (text: string): string =>
  harmless(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
