import { formatCount, formatDuration, formatFigure, formatShare } from "../../format.ts";
import { measuredStretch } from "../../run/measuredAudio.ts";
import type { Disturbance } from "../../run/measured/disturbance.ts";
import type { OrUnknown } from "../../run/orUnknown.ts";
import type { Pass, Run } from "../../run/run.ts";
import { MEASUREMENTS, measuredHow } from "../parts/runWords.ts";
import { section, tableOf, type ReportSection } from "./report.ts";

/** How the figures came about, what that cost, and on which machine. */
export function measuringSections(run: Run): ReportSection[] {
  if (run.imported !== null) return [];
  const notes = [
    measuredHow(run),
    `Waveflame ${run.waveflame}. ${run.workers.reason}`,
    ...clockNotes(run),
    ...(run.disturbance ? [disturbanceWords(run.disturbance)] : []),
  ];
  return [
    ...section("How it was measured", {
      notes,
      table: tableOf(
        ["pass", "elapsed>", "workers>", "repeats>", "audio", "calls timed>", "samples>", "own cost>"],
        run.passes.map((pass) => passRow(pass, run)),
      ),
    }),
    ...costSection(run),
  ];
}

const passRow = (pass: Pass, run: Run): string[] => [
  pass.sampled && pass.kind !== "sampled" ? `${pass.kind}, sampled` : pass.kind,
  formatDuration(pass.wallMs),
  formatCount(pass.workers),
  formatCount(pass.repeats),
  measuredStretch(run, pass.kind),
  formatCount(pass.spans),
  formatCount(pass.ticks),
  formatShare(pass.overhead.share),
];

function clockNotes({ measurements }: Run): string[] {
  if (measurements?.clock !== "wall") return [];
  return ["A stage's time is from each call to its end, with its waiting for promises."];
}

function disturbanceWords(disturbance: Disturbance): string {
  const parts = [
    `ready and not running ${shareWords(disturbance.runQueueShare)}`,
    `throttled ${shareWords(disturbance.throttledShare)}`,
    `taken by the host machine ${shareWords(disturbance.stolenShare)}`,
    `swapped ${orUnknown(disturbance.swappedMB, (mb) => `${formatFigure(mb)}\u202fMB`)}`,
    `other programs ${orUnknown(disturbance.otherLoad, (cores) => `${formatFigure(cores)} cores`)}`,
  ];
  const verdict = disturbance.isDisturbed ? "Disturbed" : "Not disturbed";
  return `${verdict}: ${parts.join(", ")}.`;
}

const shareWords = (share: OrUnknown<number>): string => orUnknown(share, formatShare);

const orUnknown = (value: OrUnknown<number>, words: (value: number) => string): string =>
  value === "unknown" ? value : words(value);

function costSection({ measurements }: Run): ReportSection[] {
  const rows = (measurements?.overhead ?? []).map(({ of, ms, share, how }) => [
    MEASUREMENTS[of],
    formatDuration(ms),
    formatShare(share),
    how,
  ]);
  return section("What measuring cost", { table: tableOf(["of", "time>", "share>", "how"], rows) });
}
