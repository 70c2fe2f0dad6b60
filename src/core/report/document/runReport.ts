import { alertsOf } from "../../alerts/alerts.ts";
import { looksAtNothing, type Thresholds } from "../../alerts/thresholds.ts";
import type { SortBy } from "../../bottlenecks/bottlenecks.ts";
import { formatChannels, formatRate, formatSeconds } from "../../format.ts";
import { baseName } from "../../names/paths.ts";
import { doubts } from "../../run/doubts.ts";
import type { Finding, Run } from "../../run/run.ts";
import { placeWords } from "../parts/runWords.ts";
import { runLine } from "../runLine.ts";
import { blockSections } from "./blockSections.ts";
import { bottleneckSections } from "./bottleneckSections.ts";
import { machineSections } from "./machineSections.ts";
import { measuringSections } from "./measuringSections.ts";
import { memorySections } from "./memorySections.ts";
import { section, type Report, type ReportSection } from "./report.ts";
import { resultSections } from "./resultSections.ts";
import { timeSections } from "./timeSections.ts";

export interface RunReportOptions {
  readonly thresholds: Thresholds;
  readonly sortBy: SortBy;
  /** The text of a measured file, by its name in the run; null where it isn't known. */
  readonly source: (file: string) => string | null;
}

/** All that a run holds, in the order in which a person reads it: what to know first, how fast, where, what else, how it was measured. */
export function runReport(run: Run, options: RunReportOptions): Report {
  const first = doubts(run);
  const others = run.findings.filter((finding) => !first.includes(finding));
  return {
    title: titleOf(run),
    facts: factsOf(run),
    sections: [
      ...section("Read this first", { notes: first.map((finding) => toldWords(finding, run)) }),
      ...alertSection(run, options.thresholds),
      ...timeSections(run, options.source),
      ...bottleneckSections(run, options.sortBy),
      ...blockSections(run),
      ...memorySections(run),
      ...machineSections(run),
      ...resultSections(run),
      ...section("Findings", { notes: others.map((finding) => toldWords(finding, run)) }),
      ...measuringSections(run),
    ],
  };
}

function titleOf({ imported, audio, pipeline }: Run): string {
  return imported === null ? `${baseName(audio.path)} through ${pipeline.name}` : imported.file;
}

function factsOf(run: Run): string[] {
  const { audio, pipeline, imported } = run;
  if (imported !== null)
    return [
      `Opened from ${imported.file} (${imported.format}${imported.tool === null ? "" : `, written by ${imported.tool}`}), a profile that Waveflame didn't measure.`,
      `Run ${run.id}, ${timeWords(run)}`,
    ];
  const sound = [
    formatSeconds(audio.durationSeconds),
    formatChannels(audio.channels),
    formatRate(audio.sampleRate),
    audio.encoding,
  ];
  const cancelled = run.state === "cancelled";
  return [
    runLine(run),
    `Recording ${audio.path} (${sound.join(", ")})`,
    `Pipeline ${pipeline.file}${changedWords(run)}`,
    `Run ${run.id}, ${timeWords(run)}`,
    ...(cancelled ? ["Cancelled: the figures are of what was measured until then."] : []),
  ];
}

const timeWords = ({ time }: Run): string => `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;

function changedWords({ pipeline: { parameters, changed } }: Run): string {
  const given = (changed ?? []).map((name) => `${name}=${String(parameters[name])}`);
  return given.length === 0 ? "" : ` with ${given.join(", ")}`;
}

function alertSection(run: Run, thresholds: Thresholds): ReportSection[] {
  if (run.imported !== null || looksAtNothing(thresholds)) return [];
  const alerts = alertsOf(run, thresholds);
  const none = "None: the run keeps all limits that are set and could be looked at.";
  return section("Alerts", {
    notes: alerts.length === 0 ? [none] : alerts.map((alert) => toldWords(alert, run)),
  });
}

/** `warning: … (src/biquad.ts:31)` */
function toldWords(
  { severity, text, where }: Pick<Finding, "severity" | "text" | "where">,
  run: Run,
): string {
  const place = where ? placeWords(where, run) : "";
  return `${severity}: ${text}${place === "" ? "" : ` (${place})`}`;
}
