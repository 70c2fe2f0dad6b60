import stringWidth from "string-width";
import type { Base1Line } from "../units.ts";

/** How a text looks; nothing is told by it alone. */
export type Style = "plain" | "strong" | "quiet" | "hot" | "warm" | "good" | "bad";

const CODES: Readonly<Record<Style, string>> = {
  plain: "",
  strong: "1",
  quiet: "2",
  hot: "1;31",
  warm: "33",
  good: "32",
  bad: "31",
};

export type Paint = (style: Style, text: string) => string;

export function painter(colour: boolean): Paint {
  return (style, text) =>
    colour && style !== "plain" && text !== "" ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text;
}

/** On one line, and without control characters: text from files may hold any, and a terminal would obey them. */
export const harmless = (text: string): string =>
  text
    .replace(/\s*[\n\r]+\s*/g, " ")
    .replaceAll("\t", "  ")
    .replace(/\p{Cc}/gu, "\ufffd");

/** In columns of a terminal. */
export const widthOf = (text: string): number => stringWidth(text);

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** At most so many columns wide; what is left out is an ellipsis. */
export function fit(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = "";
  let width = 0;
  for (const { segment } of segmenter.segment(text)) {
    width += widthOf(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Lines of at most so many columns, broken between words. @param indent before each but the first, beside the columns */
export function wrap(text: string, columns: number, indent = ""): string[] {
  const lines: string[] = [];
  for (const word of harmless(text).split(" ")) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(word);
    else if (widthOf(`${last} ${word}`) <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}${word}`);
  }
  return lines;
}

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
  /** Source code, which looks like it where letters have looks. */
  readonly isCode?: true;
}

export interface Cell {
  readonly text: string;
  readonly style?: Style;
  /** The source line that it names, for whoever can open it. */
  readonly source?: { readonly file: string; readonly line: Base1Line };
}

/** Lines of a table with a quiet head; the last column isn't padded. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  paint: Paint,
): string[] {
  const widths = columns.map(({ title }, i) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(row[i]?.text ?? ""))),
  );
  const line = (cells: readonly Cell[]): string =>
    columns
      .map(({ align }, i) => {
        const { text, style = "plain" } = cells[i] ?? { text: "" };
        const gap = " ".repeat(Math.max(0, (widths[i] ?? 0) - widthOf(text)));
        const painted = paint(style, text);
        return align === "right" ? gap + painted : painted + gap;
      })
      .join("  ")
      .trimEnd();
  return [line(columns.map(({ title }) => ({ text: title, style: "quiet" }))), ...rows.map(line)];
}
