import { formatDuration, formatShare, plural } from "../../format.ts";
import { formatCost } from "../../run/cost.ts";
import type { Run } from "../../run/run.ts";
import { harmless, type Column } from "../terminalText.ts";
import { heat } from "./heat.ts";
import type { TableText } from "./tables.ts";

/** Of another tool's profile: it knows neither a recording nor deadlines. */
export function importedVerdict(run: Run, { unit }: NonNullable<Run["imported"]>): string {
  const { stagesMs, wallMs } = run.totals;
  const words = `${formatCost(run, stagesMs)} in ${plural(run.stages.length, "thread")}`;
  const elapsed = unit === "time" ? `, ${formatDuration(wallMs)} elapsed` : "";
  return `${words}${elapsed}. Another tool measured this: nothing is known of a recording or of deadlines.`;
}

const THREAD_COLUMNS: readonly Column[] = [
  { title: "thread", align: "left" },
  { title: "share", align: "right" },
  { title: "self", align: "right" },
];

const MOST_THREADS = 20;

/** The threads that took most. */
export const threadTable = (run: Run): TableText => ({
  columns: THREAD_COLUMNS,
  rows: run.stages
    .toSorted((a, b) => b.selfMs - a.selfMs)
    .slice(0, MOST_THREADS)
    .map(({ name, share, selfMs }) => [
      { text: harmless(name) },
      { text: formatShare(share), style: heat(share) },
      { text: formatCost(run, selfMs) },
    ]),
});

/** What the table leaves out, where it does. */
export function otherThreads({ stages }: Run): string[] {
  const left = stages.length - MOST_THREADS;
  return left > 0 ? [`${plural(left, "other thread")} took less.`] : [];
}
