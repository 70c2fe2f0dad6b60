import { formatBytes, formatDuration, formatFigure, formatSeconds } from "../../format.ts";
import type { StageMemoryFacts } from "../../run/measured/stageMemory.ts";
import type { MemoryEvent, Run } from "../../run/run.ts";
import { heapSection } from "./besides/heapSection.ts";
import { allocatorSection, collectionSection } from "./besides/memorySections.ts";
import { stageMemorySection } from "./besides/stageSections.ts";
import { section, type ReportSection } from "./report.ts";

/** What it holds, which stages and functions take it, and what collecting it costs. */
export const memorySections = (run: Run): ReportSection[] => [
  ...wholeSection(run),
  ...stageMemorySection(run),
  ...allocatorSection(run),
  ...collectionSection(run),
  ...heapSection(run),
];

const megabytes = (mb: number): string => formatBytes(mb * 2 ** 20);

const wholeSection = ({ memory, stageMemory }: Run): ReportSection[] =>
  section("Memory", {
    notes: [
      ...(memory ? [`The run held ${megabytes(memory.peakMB)} at its peak.`] : []),
      ...(memory?.events ?? []).map(eventWords),
      ...growthNotes(stageMemory),
    ],
  });

const eventWords = ({ kind, atMs, residentMB }: MemoryEvent): string =>
  kind === "critical"
    ? `After ${formatDuration(atMs)}, with ${megabytes(residentMB)} held, all was given up that could be.`
    : `After ${formatDuration(atMs)}, with ${megabytes(residentMB)} held, less was read ahead.`;

/** Whether memory grows with the recording; none where that is unknown. */
export function growthNotes(facts: StageMemoryFacts | null): string[] {
  const growth = facts?.growth ?? null;
  if (growth === null) return [];
  const over = `over ${formatSeconds(growth.audioSeconds)} of audio`;
  if (growth.mbPerAudioMinute <= 0) return [`What is held after collections doesn't grow ${over}.`];
  const where = growth.stage === null ? "" : `, most of it in the ${growth.stage} stage`;
  return [
    `Each minute of audio leaves ${formatFigure(growth.mbPerAudioMinute)}\u202fMB more${where}, seen ${over}.`,
  ];
}
