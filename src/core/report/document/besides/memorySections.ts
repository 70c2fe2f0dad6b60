import { formatBytes, formatCount, formatDuration, formatPosition, plural } from "../../../format.ts";
import type { Run } from "../../../run/run.ts";
import { sourceCell, workerName } from "../../parts/runWords.ts";
import { section, tableOf, type ReportSection } from "../report.ts";

const LONGEST = 10;

/** Who allocates most. */
export function allocatorSection(run: Run): ReportSection[] {
  const rows = (run.stageMemory?.functions ?? []).map(({ name, file, line, stage, bytes, heldBytes }) => [
    name === "" ? "a nameless function" : name,
    file === "" ? "" : sourceCell({ file, line: Math.max(1, line) }, run),
    stage ?? "",
    formatBytes(bytes),
    formatBytes(heldBytes),
  ]);
  return section("Functions that allocate most", {
    table: tableOf(["function", "source", "stage", "allocated>", "still held>"], rows),
  });
}

/** The longest pauses, with the block and the second that they interrupted. */
export function collectionSection({ collections }: Run): ReportSection[] {
  if (collections === null) return [];
  const count = collections.totals.reduce((sum, total) => sum + total.count, 0);
  const ms = collections.totals.reduce((sum, total) => sum + total.ms, 0);
  const rows = collections.pauses
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, LONGEST)
    .map((pause) => [
      pause.kind,
      formatDuration(pause.ms),
      pause.stage ?? "between stages",
      pause.block === null ? "" : formatCount(pause.block),
      pause.time === null ? "" : formatPosition(pause.time),
      workerName(pause.worker),
    ]);
  const all = `${plural(count, "pause")}, ${formatDuration(ms)} in all`;
  return section("Garbage collection", {
    notes: [
      count === 0
        ? "None while the durations were measured."
        : `${all}${count > rows.length ? `; here the ${rows.length} longest` : ""}.`,
    ],
    table: tableOf(["kind", "pause>", "stage", "block>", "at>", "worker"], rows),
  });
}
