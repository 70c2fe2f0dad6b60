import type { Finding, FindingPlace, Run } from "../run/run.ts";
import { threadLoad } from "../run/threadLoad.ts";
import type { Base1Line } from "../units.ts";
import { blameForFiles, blameForMemory, blameForTime, blameForWork, type Blame } from "./blame.ts";
import { cpuWords, ioWaitWords, memoryWords, timeWords } from "./alertWords.ts";
import type { Thresholds } from "./thresholds.ts";

export type AlertKind = "cpu" | "memory" | "time" | "io-wait";

/** A limit that a run didn't keep. Computed, not saved: limits are settings, and change. */
export interface Alert {
  readonly kind: AlertKind;
  readonly severity: Extract<Finding["severity"], "warning">;
  /** In the unit of the limit: percent, MB or seconds. */
  readonly measured: number;
  readonly limit: number;
  /** One sentence with what to do. */
  readonly text: string;
  readonly where: AlertPlace;
}

/** The guilty line; where none can be told, the stage's or the pipeline's own. */
export type AlertPlace = FindingPlace & { readonly file: string; readonly line: Base1Line };

const LIMITS: Readonly<Record<AlertKind, keyof Thresholds>> = {
  cpu: "cpuPercent",
  memory: "memoryMB",
  time: "secondsPerMinute",
  "io-wait": "ioWaitPercent",
};

/** Null where it isn't looked at. */
export const limitOf = (kind: AlertKind, thresholds: Thresholds): number | null => thresholds[LIMITS[kind]];

interface Judge {
  readonly kind: AlertKind;
  /** Null where it wasn't measured, or can't be told on this machine. */
  readonly measure: (run: Run) => number | null;
  readonly blame: (run: Run) => Blame;
  readonly words: (run: Run, measured: number, limit: number, blame: Blame) => string;
}

/**
 * Processor time is the load of one worker alone: offline every worker keeps a core busy all the time, so a process's own
 * figure would be 100 % in each run, however little the code needs.
 */
const JUDGES: readonly Judge[] = [
  {
    kind: "cpu",
    measure: (run) => threadLoad(run) * 100,
    blame: blameForWork,
    words: cpuWords,
  },
  {
    kind: "memory",
    measure: ({ memory }) => memory?.peakMB ?? null,
    blame: blameForMemory,
    words: memoryWords,
  },
  {
    kind: "time",
    measure: ({ totals }) => totals.load * 60,
    blame: blameForTime,
    words: timeWords,
  },
  {
    kind: "io-wait",
    measure: ({ io }) => (io === null || io.waitShare === "unknown" ? null : io.waitShare * 100),
    blame: blameForFiles,
    words: ioWaitWords,
  },
];

/** The limits that a run breaks; none of another tool's profile, which knows no recording. */
export function alertsOf(run: Run, thresholds: Thresholds): Alert[] {
  if (run.imported !== null) return [];
  return JUDGES.flatMap(({ kind, measure, blame, words }) => {
    const limit = limitOf(kind, thresholds);
    const measured = measure(run);
    if (limit === null || measured === null || !Number.isFinite(measured) || measured <= limit) return [];
    const guilty = blame(run);
    return {
      kind,
      severity: "warning",
      measured,
      limit,
      text: words(run, measured, limit, guilty),
      where: guilty.where,
    };
  });
}
