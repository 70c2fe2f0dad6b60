import { formatBytes, formatCount, formatDuration } from "../../core/format.ts";
import { allTallies } from "./tally.ts";

/** What was measured under one name since `resetMeasurements`. */
export interface Measurement {
  readonly name: string;
  readonly calls: number;
  readonly totalMs: number;
  readonly meanMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  /**
   * By how much memory grew in all calls together, typed arrays included; less, and even below 0, where the collector
   * ran meanwhile. Null where it wasn't asked for.
   */
  readonly memoryBytes: number | null;
}

/** What `measured` functions and `measureScope` have measured in this thread: the longest total first. */
export function measurements(): Measurement[] {
  return [...allTallies()]
    .filter(({ calls }) => calls > 0)
    .map(({ name, calls, totalMs, minMs, maxMs, memoryBytes }) => ({
      name,
      calls,
      totalMs,
      meanMs: totalMs / calls,
      minMs,
      maxMs,
      memoryBytes,
    }))
    .sort((a, b) => b.totalMs - a.totalMs);
}

/** Measures anew from here. */
export function resetMeasurements(): void {
  for (const tally of allTallies()) tally.reset();
}

/** The same as a table to print: a line each, and the columns' names above. */
export function formatMeasurements(): string {
  const measured = measurements();
  if (measured.length === 0) return "Nothing was measured.";
  const hasMemory = measured.some(({ memoryBytes }) => memoryBytes !== null);
  const rows = measured.map(({ name, calls, totalMs, meanMs, minMs, maxMs, memoryBytes }) => [
    name,
    formatCount(calls),
    ...[totalMs, meanMs, minMs, maxMs].map((ms) => formatDuration(ms)),
    ...(hasMemory ? [memoryBytes === null ? "" : formatBytes(memoryBytes)] : []),
  ]);
  return table([["name", "calls", "total", "mean", "min", "max", ...(hasMemory ? ["memory"] : [])], ...rows]);
}

/** The first column to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return rows.map(line).join("\n");
}
