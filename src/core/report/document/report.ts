import type { TableText } from "../parts/tables.ts";
import type { Cell, Column } from "../terminalText.ts";

/** What a report says, whatever it is written as. Texts are plain: each renderer escapes them its way. */
export interface Report {
  /** Which recording through which pipeline. */
  readonly title: string;
  /** Below the title, each a line of its own. */
  readonly facts: readonly string[];
  readonly sections: readonly ReportSection[];
}

export interface ReportSection {
  readonly title: string;
  /** Sentences before the table. */
  readonly notes: readonly string[];
  readonly table: TableText | null;
}

/** None where there is nothing to say. */
export function section(
  title: string,
  { notes = [], table = null }: Partial<Omit<ReportSection, "title">>,
): ReportSection[] {
  const filled = table && table.rows.length > 0 ? table : null;
  return notes.length === 0 && filled === null ? [] : [{ title, notes, table: filled }];
}

/** A table whose columns are named like `share>` where they hold figures, which stand at the right. */
export function tableOf(titles: readonly string[], rows: readonly (readonly (string | Cell)[])[]): TableText {
  const columns = titles.map((title): Column =>
    title.endsWith(">") ? { title: title.slice(0, -1), align: "right" } : { title, align: "left" },
  );
  return {
    columns,
    rows: rows.map((row) => row.map((cell) => (typeof cell === "string" ? { text: cell } : cell))),
  };
}
