import { rankedFunctions } from "../../bottlenecks/bottlenecks.ts";
import type { Run } from "../../run/run.ts";
import { unitOf } from "./units.ts";

type Column =
  | "kind"
  | "stage"
  | "name"
  | "file"
  | "line"
  | "self"
  | "total"
  | "share"
  | "error"
  | "load"
  | "calls"
  | "ticks"
  | "p50_ms"
  | "p99_ms"
  | "max_ms"
  | "bytes"
  | "held_bytes"
  | "bytes_read"
  | "bytes_written";
type Row = Partial<Readonly<Record<Column, string | number | null>>> & { readonly kind: string };

const COLUMNS: readonly Column[] = [
  "kind",
  "stage",
  "name",
  "file",
  "line",
  "self",
  "total",
  "share",
  "error",
  "load",
  "calls",
  "ticks",
  "p50_ms",
  "p99_ms",
  "max_ms",
  "bytes",
  "held_bytes",
  "bytes_read",
  "bytes_written",
];

/** One table for spreadsheets (RFC 4180): `kind` says what a row is, and an empty cell that there is no such figure. */
export function toCsv(run: Run): string {
  const unit = { time: "ms", samples: "samples", bytes: "bytes" }[unitOf(run)];
  const head = COLUMNS.map((column) =>
    column === "self" || column === "total" ? `${column}_${unit}` : column,
  );
  const rows = [
    runRow(run),
    ...stageRows(run),
    ...lineRows(run),
    ...functionRows(run),
    ...memoryRows(run),
    ...ioRows(run),
  ];
  return [head, ...rows.map((row) => COLUMNS.map((column) => row[column] ?? null))]
    .map((cells) => `${cells.map(cellText).join(",")}\r\n`)
    .join("");
}

const runRow = ({ pipeline, totals, imported }: Run): Row => ({
  kind: "run",
  name: pipeline.name,
  file: pipeline.file,
  self: totals.stagesMs,
  total: totals.wallMs,
  load: imported ? null : totals.load,
});

function stageRows({ stages, imported }: Run): Row[] {
  return stages.map(({ name, file, line, selfMs, wallMs, share, load, calls, ticks, block }) => ({
    kind: "stage",
    stage: name,
    self: selfMs,
    total: wallMs,
    share,
    ticks,
    ...(imported ? {} : { file, line, load, calls, p50_ms: block.p50, p99_ms: block.p99, max_ms: block.max }),
  }));
}

function lineRows({ lines, imported }: Run): Row[] {
  return lines.map(({ stage, file, line, selfMs, totalMs, share, error, load, ticks }) => ({
    kind: "line",
    stage,
    file,
    line,
    self: selfMs,
    total: totalMs,
    share,
    error,
    load: imported ? null : load,
    ticks,
  }));
}

function functionRows(run: Run): Row[] {
  return rankedFunctions(run).map(({ name, file, line, stages, selfMs, totalMs, selfShare }) => ({
    kind: "function",
    stage: stages.join("; "),
    name,
    file,
    line: line > 0 ? line : null,
    self: selfMs,
    total: totalMs,
    share: selfShare,
  }));
}

function memoryRows({ stageMemory }: Run): Row[] {
  return (stageMemory?.functions ?? []).map(({ stage, name, file, line, bytes, heldBytes }) => ({
    kind: "allocation",
    stage,
    name,
    file,
    line: line > 0 ? line : null,
    bytes,
    held_bytes: heldBytes,
  }));
}

function ioRows({ io }: Run): Row[] {
  const files = (io?.files ?? []).map(({ stage, path, mode, calls, ms, bytesRead, bytesWritten }): Row => ({
    kind: "file",
    stage,
    name: mode,
    file: path,
    total: ms,
    calls,
    bytes_read: bytesRead,
    bytes_written: bytesWritten,
  }));
  const network = (io?.network ?? []).map(({ stage, host, calls, ms }): Row => ({
    kind: "network",
    stage,
    name: host,
    total: ms,
    calls,
  }));
  return [...files, ...network];
}

function cellText(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
