import type { Bottleneck } from "../../src/core/bottlenecks/bottlenecks.ts";

export type Column = "name" | "place" | "stage" | "calls" | "self" | "total";

export interface Sorting {
  readonly column: Column;
  readonly descending: boolean;
}

const KEYS: Readonly<Record<Column, (row: Bottleneck) => string | number>> = {
  name: (row) => row.name,
  place: (row) => `${row.file}:${String(row.line).padStart(7, "0")}`,
  stage: (row) => row.stages.join(", "),
  calls: (row) => row.calls?.calls ?? -1,
  self: (row) => row.selfMs,
  total: (row) => row.totalMs,
};

export function sortRows(rows: readonly Bottleneck[], { column, descending }: Sorting): Bottleneck[] {
  const key = KEYS[column];
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(key(a), key(b)));
}

function compare(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
}

const NUMBERS: readonly Column[] = ["calls", "self", "total"];

/** Numbers begin with the largest, words with the first; the same column again turns it round. */
export function nextSorting(now: Sorting, column: Column): Sorting {
  if (now.column === column) return { column, descending: !now.descending };
  return { column, descending: NUMBERS.includes(column) };
}
