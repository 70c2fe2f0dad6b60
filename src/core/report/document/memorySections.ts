import { formatBytes, formatCount, formatDuration, formatFigure, formatSeconds } from "../../format.ts";
import type { StageMemoryFacts } from "../../run/measured/stageMemory.ts";
import type { MemoryEvent, Run } from "../../run/run.ts";
import { fileWords } from "../parts/runWords.ts";
import { section, tableOf, type ReportSection } from "./report.ts";

/** What it holds, which stages and functions take it, and what collecting it costs. */
export const memorySections = (run: Run): ReportSection[] => [
  ...wholeSection(run),
  ...allocatorSection(run),
  ...collectionSection(run),
  ...heapSection(run),
];

const megabytes = (mb: number): string => formatBytes(mb * 2 ** 20);

function wholeSection({ memory, stageMemory }: Run): ReportSection[] {
  const rows = (stageMemory?.stages ?? []).map((each) => [
    each.stage,
    formatBytes(each.heapBytesPerCall),
    formatBytes(each.externalBytesPerCall),
    formatBytes(each.arrayBufferBytesPerCall),
    megabytes(each.mbPerAudioMinute),
    megabytes(each.peakMB),
    formatCount(each.callsMeasured),
  ]);
  return section("Memory", {
    notes: [
      ...(memory ? [`The run held ${megabytes(memory.peakMB)} at its peak.`] : []),
      ...(memory?.events ?? []).map(eventWords),
      ...growthNotes(stageMemory),
    ],
    table: tableOf(
      [
        "stage",
        "heap a call>",
        "external>",
        "array buffers>",
        "a minute of audio>",
        "most held>",
        "calls looked at>",
      ],
      rows,
    ),
  });
}

const eventWords = ({ kind, atMs, residentMB }: MemoryEvent): string =>
  kind === "critical"
    ? `After ${formatDuration(atMs)}, with ${megabytes(residentMB)} held, all was given up that could be.`
    : `After ${formatDuration(atMs)}, with ${megabytes(residentMB)} held, less was read ahead.`;

function growthNotes(facts: StageMemoryFacts | null): string[] {
  const growth = facts?.growth ?? null;
  if (growth === null) return [];
  const over = `over ${formatSeconds(growth.audioSeconds)} of audio`;
  if (growth.mbPerAudioMinute <= 0) return [`What is held after collections doesn't grow ${over}.`];
  const where = growth.stage === null ? "" : `, most of it in the ${growth.stage} stage`;
  return [
    `Each minute of audio leaves ${formatFigure(growth.mbPerAudioMinute)}\u202fMB more${where}, seen ${over}.`,
  ];
}

function allocatorSection(run: Run): ReportSection[] {
  const rows = (run.stageMemory?.functions ?? []).map(({ name, file, line, stage, bytes, heldBytes }) => [
    name,
    file === "" ? "" : `${fileWords(file, run)}:${line}`,
    stage ?? "",
    formatBytes(bytes),
    formatBytes(heldBytes),
  ]);
  return section("Functions that allocate most", {
    table: tableOf(["function", "source", "stage", "allocated>", "still held>"], rows),
  });
}

function collectionSection({ collections }: Run): ReportSection[] {
  if (collections === null) return [];
  const rows = collections.totals.map(({ kind, stage, count, ms, longestMs }) => [
    stage ?? "between stages",
    kind,
    formatCount(count),
    formatDuration(ms),
    formatDuration(longestMs),
  ]);
  return section("Garbage collection", {
    notes: rows.length === 0 ? ["None while the durations were measured."] : [],
    table: tableOf(["stage", "kind", "pauses>", "time>", "longest>"], rows),
  });
}

function heapSection({ heap }: Run): ReportSection[] {
  if (heap === null) return [];
  const rows = heap.types.map(({ name, count, bytes, heldBy }) => [
    name,
    formatCount(count),
    formatBytes(bytes),
    heldBy.join(" / "),
  ]);
  return section("Heap", {
    notes: [
      `After the ${heap.stage} stage: ${formatCount(heap.objects)} objects, ${formatBytes(heap.bytes)}.`,
    ],
    table: tableOf(["type", "objects>", "size>", "the largest is held by"], rows),
  });
}
