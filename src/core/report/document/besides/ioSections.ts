import { formatBytes, formatCount, formatDuration, formatShare } from "../../../format.ts";
import type { FileAccess, IoFacts } from "../../../run/measured/io.ts";
import type { Run } from "../../../run/run.ts";
import { section, tableOf, type ReportSection } from "../report.ts";
import { waitAndWork } from "./stageColumns.ts";

const stageWords = (stage: string): string => (stage === "" ? "while loading" : stage);

/** What stages read and wrote, the costliest first. @param most shown of them */
export function fileSection({ io }: Run, most = Infinity): ReportSection[] {
  if (io === null) return [];
  const rows = io.files
    .slice(0, most)
    .map((each) => [
      each.path,
      stageWords(each.stage),
      modeWords(each),
      formatCount(each.opened),
      formatCount(each.calls),
      formatBytes(each.bytesRead),
      formatBytes(each.bytesWritten),
      formatDuration(each.ms),
    ]);
  return section("Files", {
    notes: fileNotes(io, most),
    table: tableOf(["file", "stage", "mode", "opened>", "calls>", "read>", "written>", "time>"], rows),
  });
}

const modeWords = ({ mode }: FileAccess): string => (mode === "" ? "not opened" : mode);

function fileNotes({ files, filesLeftOut, waitShare }: IoFacts, most: number): string[] {
  const more = Math.max(0, files.length - most) + filesLeftOut;
  return [
    waitShare === "unknown"
      ? "How long the machine waited for disks is unknown."
      : `The machine waited for disks ${formatShare(waitShare)} of its time.`,
    ...(files.length === 0 ? ["No stage opened a file."] : []),
    ...(more > 0 ? [`${formatCount(more)} more files took less time.`] : []),
  ];
}

/** What stages asked of other machines, and how long they waited, against their work. */
export function networkSection(run: Run): ReportSection[] {
  const rows = (run.io?.network ?? []).map(({ host, stage, calls, failed, ms }) => {
    const { waited = "", worked = "" } = waitAndWork(run, stage) ?? {};
    return [
      host,
      stageWords(stage),
      formatCount(calls),
      formatCount(failed),
      formatDuration(ms),
      waited,
      worked,
    ];
  });
  return section("Network", {
    table: tableOf(
      ["host", "stage", "calls>", "failed>", "answers took>", "stage waited>", "and worked>"],
      rows,
    ),
  });
}
