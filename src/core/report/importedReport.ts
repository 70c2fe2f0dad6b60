import { formatDuration, formatShare, plural } from "../format.ts";
import { formatCost, importedWords } from "../run/cost.ts";
import type { Run } from "../run/run.ts";
import { heat } from "./heat.ts";
import { harmless, table, type Cell, type Column, type Paint } from "./terminalText.ts";

/** Of another tool's profile: it knows neither a recording nor deadlines. */
export function importedHeadline(run: Run, imported: NonNullable<Run["imported"]>, paint: Paint): string[] {
  const { stagesMs, wallMs } = run.totals;
  const words = `${formatCost(run, stagesMs)} in ${plural(run.stages.length, "thread")}`;
  const elapsed = imported.unit === "time" ? `, ${formatDuration(wallMs)} elapsed` : "";
  return [
    `${paint("strong", harmless(imported.file))} ${paint("quiet", `(${harmless(importedWords(imported))})`)}`,
    `${words}${elapsed}. Another tool measured this: nothing is known of a recording or of deadlines.`,
  ];
}

const THREAD_COLUMNS: readonly Column[] = [
  { title: "thread", align: "left" },
  { title: "share", align: "right" },
  { title: "self", align: "right" },
];

const MOST_THREADS = 20;

export function threadTable(run: Run, paint: Paint): string[] {
  const stages = run.stages.toSorted((a, b) => b.selfMs - a.selfMs);
  const rows = stages
    .slice(0, MOST_THREADS)
    .map(({ name, share, selfMs }): Cell[] => [
      { text: harmless(name) },
      { text: formatShare(share), style: heat(share) },
      { text: formatCost(run, selfMs) },
    ]);
  const left = stages.length - rows.length;
  return [
    ...table(THREAD_COLUMNS, rows, paint),
    ...(left > 0 ? [paint("quiet", `and ${plural(left, "other")}`)] : []),
  ];
}
