import { formatBytes, formatDuration, plural } from "../format.ts";
import type { Milliseconds } from "../units.ts";
import type { Run } from "./run.ts";

/**
 * What something took, in what the run counts: `34.0 ms`, and of another tool's profile perhaps `1,234 samples` or
 * `16.0 KB`, which a run keeps as milliseconds.
 */
export function formatCost({ imported }: Pick<Run, "imported">, ms: Milliseconds): string {
  if (imported?.unit === "bytes") return formatBytes(ms as number);
  if (imported?.unit === "samples") return plural(ms, "sample");
  return formatDuration(ms);
}

/** What costs are counted in: `self time`, `self bytes`. */
export const costWord = ({ imported }: Pick<Run, "imported">): "time" | "samples" | "bytes" =>
  imported?.unit ?? "time";

/** Completes "30 % of …". */
export function wholeWords({ imported }: Pick<Run, "imported">): string {
  if (!imported) return "the stage time";
  return { time: "the time", samples: "all samples", bytes: "all bytes" }[imported.unit];
}

/** What the run's parts are: its stages, or another tool's threads. */
export const partWord = ({ imported }: Pick<Run, "imported">): "stage" | "thread" =>
  imported ? "thread" : "stage";

const FORMATS = {
  cpuprofile: "CPU profile",
  speedscope: "speedscope file",
  collapsed: "collapsed stacks",
} as const;

/** `CPU profile`, `speedscope file of py-spy@0.4.0` */
export const importedWords = ({ format, tool }: NonNullable<Run["imported"]>): string =>
  tool === null ? FORMATS[format] : `${FORMATS[format]} of ${tool}`;
