import { formatBytes, formatDuration, formatNumber } from "../../format.ts";
import type { OrUnknown } from "../../run/orUnknown.ts";
import type { Run } from "../../run/run.ts";
import { fileSection, networkSection } from "./besides/ioSections.ts";
import { poolSection } from "./besides/poolSection.ts";
import { stageIoSection } from "./besides/stageSections.ts";
import { section, tableOf, type ReportSection } from "./report.ts";

/** What it asked of disks, of other machines, and of the processor. */
export const machineSections = (run: Run): ReportSection[] => [
  ...stageIoSection(run),
  ...fileSection(run),
  ...networkSection(run),
  ...poolSection(run),
  ...seriesSection(run),
];

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
