import { formatDuration, formatNumber } from "../../src/core/format.ts";
import type { Machine } from "../../src/core/run/run.ts";
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

function cellsOf(figure: Figure): string[] {
  return [figure.name, valueOf(figure), figure.bound ?? "", verdictOnOne(figure)];
}

function valueOf({ value, unit }: Figure): string {
  if (value === null) return "–";
  if (unit === "ms") return formatDuration(value);
  const number = Number.isInteger(value) ? String(value) : formatNumber(value);
  return unit === "×" ? `${number}×` : `${number}\u202f${unit}`;
}

function verdictOnOne({ holds, notMeasured }: Figure): string {
  if (notMeasured !== null) return `not measured: ${notMeasured}`;
  return holds === null ? "" : holds ? "holds" : "MISSED";
}

function titleOf(benchmark: string, { cpu, logicalCores, platform }: Machine): string {
  return `${benchmark}: Node ${process.versions.node}, ${cpu}, ${logicalCores} logical cores, ${platform}`;
}

function verdictOf(figures: readonly Figure[]): string {
  const bounded = figures.filter(({ bound }) => bound !== null);
  const count = (holds: boolean | null): number => bounded.filter((figure) => figure.holds === holds).length;
  if (bounded.length === 0) return "No bound is promised.";
  const others = [
    ...(count(false) > 0 ? [`${count(false)} missed`] : []),
    ...(count(null) > 0 ? [`${count(null)} not measured`] : []),
  ];
  return `${[`${count(true)} of ${bounded.length} bounds hold`, ...others].join(", ")}.`;
}
