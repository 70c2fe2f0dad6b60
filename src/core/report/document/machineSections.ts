import { formatBytes, formatCount, formatDuration, formatNumber, formatShare, plural } from "../../format.ts";
import type { OrUnknown } from "../../run/orUnknown.ts";
import type { Run } from "../../run/run.ts";
import { section, tableOf, type ReportSection } from "./report.ts";

/** What it asked of disks, of other machines, and of the processor. */
export const machineSections = (run: Run): ReportSection[] => [
  ...fileSection(run),
  ...networkSection(run),
  ...poolSection(run),
  ...seriesSection(run),
];

function fileSection({ io }: Run): ReportSection[] {
  if (io === null) return [];
  const rows = io.files.map((each) => [
    each.path,
    each.stage === "" ? "while loading" : each.stage,
    each.mode,
    formatCount(each.opened),
    formatCount(each.calls),
    formatBytes(each.bytesRead),
    formatBytes(each.bytesWritten),
    formatDuration(each.ms),
  ]);
  const waited = io.waitShare === "unknown" ? "unknown" : `${formatShare(io.waitShare)} of the time`;
  return section("Files", {
    notes: [
      `The machine's waiting for disks: ${waited}.`,
      ...(io.filesLeftOut > 0 ? [`${plural(io.filesLeftOut, "other file")} left out.`] : []),
    ],
    table: tableOf(["file", "stage", "mode", "opened>", "calls>", "read>", "written>", "time>"], rows),
  });
}

function networkSection({ io }: Run): ReportSection[] {
  const rows = (io?.network ?? []).map(({ host, stage, calls, failed, ms }) => [
    host,
    stage,
    formatCount(calls),
    formatCount(failed),
    formatDuration(ms),
  ]);
  return section("Network", { table: tableOf(["host", "stage", "calls>", "failed>", "time>"], rows) });
}

function poolSection({ pool }: Run): ReportSection[] {
  const rows = (pool?.workers ?? []).map((worker, index) => [
    String(index + 1),
    formatDuration(worker.busyMs),
    formatDuration(worker.collectingMs),
    formatDuration(worker.transferringMs),
    formatDuration(worker.waitingMs),
    formatDuration(worker.queuedMs),
    formatDuration(worker.startUpMs),
    formatCount(worker.jobs),
  ]);
  const titles = [
    "worker>",
    "in stages>",
    "of that collecting>",
    "handing over>",
    "waiting>",
    "jobs queued>",
    "starting>",
    "jobs>",
  ];
  return section("Workers", { table: tableOf(titles, rows) });
}

function seriesSection({ series }: Run): ReportSection[] {
  if (series === null || series.atMs.length === 0) return [];
  const cores = (value: number): string => `${formatNumber(value)} cores`;
  const megabytes = (value: number): string => formatBytes(value * 2 ** 20);
  const sum = (values: OrUnknown<readonly number[]>): string =>
    values === "unknown" ? "unknown" : megabytes(values.reduce((all, each) => all + each, 0));
  return section("Over time", {
    notes: [`Looked at every ${formatDuration(series.everyMs)}.`],
    table: tableOf(
      ["of the whole run", "average>", "most>"],
      [
        ["processor", cores(averageOf(series.cpu)), cores(Math.max(...series.cpu))],
        ["memory", megabytes(averageOf(series.memoryMB)), megabytes(Math.max(...series.memoryMB))],
        ["read from disk, in all", "", sum(series.readMB)],
        ["written to disk, in all", "", sum(series.writtenMB)],
      ],
    ),
  });
}

const averageOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
