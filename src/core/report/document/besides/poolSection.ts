import { formatCount, formatDuration } from "../../../format.ts";
import type { Run } from "../../../run/run.ts";
import { workerName } from "../../parts/runWords.ts";
import { section, tableOf, type ReportSection } from "../report.ts";

const TITLES = [
  "worker",
  "busy>",
  "collecting>",
  "transferring>",
  "waiting>",
  "queued>",
  "starting>",
  "jobs>",
] as const;

/** What each worker did while the timed pass ran. */
export function poolSection({ pool }: Run): ReportSection[] {
  const rows = (pool?.workers ?? []).map((worker, index) => [
    workerName(index),
    formatDuration(worker.busyMs),
    formatDuration(worker.collectingMs),
    formatDuration(worker.transferringMs),
    formatDuration(worker.waitingMs),
    formatDuration(worker.queuedMs),
    formatDuration(worker.startUpMs),
    formatCount(worker.jobs),
  ]);
  return section("What each worker did", {
    notes:
      rows.length === 0
        ? []
        : [
            "Busy is work in stages, and collecting is part of it; queued is how long jobs waited for the worker.",
          ],
    table: tableOf(TITLES, rows),
  });
}
