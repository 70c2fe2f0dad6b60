import { formatBytes, formatCount, formatDuration, formatNumber, plural } from "../../src/core/format.ts";
import { growthNotes } from "../../src/core/report/document/memorySections.ts";
import type { TimeSeries } from "../../src/core/run/measured/series.ts";
import type { MemoryEvent, MemoryFacts } from "../../src/core/run/run.ts";
import { median } from "../../src/core/statistics.ts";
import { add, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import type { View } from "../view.ts";

/** What the run held at its most, and what was given up where that was too much. */
export function drawMemory(host: Part, { run: { memory, series, stageMemory } }: View): void {
  if (!memory) return;
  const { peakMB, highWaterMB, criticalMB, readAheadFrames, events } = memory;
  const section = addSection(host, "memory", "Memory", "the engine with all its processes");
  const list = add(section, "dl", "facts-list");
  const fact = (name: string, words: string) => {
    add(list, "dt", "quiet", name);
    add(list, "dd", "", words);
  };
  fact("Peak", inBytes(peakMB));
  fact("High water", `${inBytes(highWaterMB)}: above it, less is read ahead`);
  fact("Critical", `${inBytes(criticalMB)}: above it, all that was read ahead is dropped`);
  fact("Read ahead", `at most ${framesWords(readAheadFrames)}${events.length > 0 ? " in the end" : ""}`);
  if (series) fact("Over time", seriesWords(series));
  for (const words of growthNotes(stageMemory)) fact("Growth", words);
  if (events.length === 0) {
    add(section, "p", "quiet memory-events", "Neither mark was passed.");
    return;
  }
  const all = add(section, "ol", "memory-events");
  for (const event of events) drawEvent(add(all, "li"), event, memory);
}

/** Its middle and its most; what went to and from disks where the system tells. */
function seriesWords({ memoryMB, cpu, readMB, writtenMB, everyMs, atMs }: TimeSeries): string {
  const disks =
    readMB === "unknown" || writtenMB === "unknown"
      ? "disks unknown"
      : `${inBytes(sum(readMB))} read from disks, ${inBytes(sum(writtenMB))} written`;
  return `${inBytes(median(memoryMB))} at the median, ${formatNumber(Math.max(0, ...cpu))} cores busy at most, ${disks} (${plural(atMs.length, "point")}, one each ${formatDuration(everyMs)})`;
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

function drawEvent(
  entry: Part,
  { kind, atMs, residentMB, readAheadFrames }: MemoryEvent,
  marks: MemoryFacts,
): void {
  const isCritical = kind === "critical";
  const mark = isCritical ? marks.criticalMB : marks.highWaterMB;
  add(entry, "b", "", `Above ${inBytes(mark)} at ${formatDuration(atMs)}`);
  const done = isCritical
    ? "what was read ahead was dropped, and garbage collected"
    : `read-ahead halved, to ${framesWords(readAheadFrames)}`;
  entry.append("span").text(`: ${done}`);
  add(entry, "span", "quiet", ` (${inBytes(residentMB)} held)`);
}

const inBytes = (megabytes: number): string => formatBytes(megabytes * 2 ** 20);

const framesWords = (frames: number): string => `${formatCount(frames)} frames`;
