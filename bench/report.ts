import { formatDuration, formatNumber } from "../src/core/format.ts";
import type { Machine } from "../src/core/run.ts";
import type { Figure } from "./figure.ts";

export interface BenchmarkReport {
  readonly benchmark: string;
  readonly machine: Machine;
  readonly figures: readonly Figure[];
}

const HEADINGS = ["figure", "value", "bound", ""];

/** A table for people; the columns are as wide as their widest cell. */
export function tableOf({ benchmark, machine, figures }: BenchmarkReport): string {
  const rows = [HEADINGS, ...figures.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? "").length)));
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) =>
        column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  const [headings = "", ...body] = lines;
  return [titleOf(benchmark, machine), "", headings, rule, ...body, "", verdictOf(figures)].join("\n");
}

function cellsOf({ name, value, unit, bound, holds }: Figure): string[] {
  return [name, valueOf(value, unit), bound ?? "", holds === null ? "" : holds ? "holds" : "MISSED"];
}

function valueOf(value: number, unit: string): string {
  if (unit === "ms") return formatDuration(value);
  const number = Number.isInteger(value) ? String(value) : formatNumber(value);
  return unit === "×" ? `${number}×` : `${number}\u202f${unit}`;
}

function titleOf(benchmark: string, { cpu, logicalCores, platform }: Machine): string {
  return `${benchmark}: Node ${process.versions.node}, ${cpu}, ${logicalCores} logical cores, ${platform}`;
}

function verdictOf(figures: readonly Figure[]): string {
  const bounded = figures.filter(({ holds }) => holds !== null);
  const missed = bounded.filter(({ holds }) => holds === false).length;
  return missed === 0
    ? `All ${bounded.length} bounds hold.`
    : `${missed} of ${bounded.length} bounds missed.`;
}
