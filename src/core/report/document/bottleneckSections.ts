import {
  findBottlenecks,
  summarize,
  type Bottleneck,
  type Bottlenecks,
  type SortBy,
} from "../../bottlenecks/bottlenecks.ts";
import { formatCalls } from "../../bottlenecks/callCounts.ts";
import { rankStages, type StageFunction } from "../../bottlenecks/priorities.ts";
import { PRIORITY_RULE } from "../../bottlenecks/priority.ts";
import { findTargets, targetsRule } from "../../bottlenecks/targets.ts";
import { withoutSource } from "../../flame/describe.ts";
import { formatDuration, formatShare } from "../../format.ts";
import { costWord, formatCost, partWord, wholeWords } from "../../run/cost.ts";
import type { Run } from "../../run/run.ts";
import { stageTitle } from "../../run/stageTitle.ts";
import { fileWords } from "../parts/runWords.ts";
import { section, tableOf, type ReportSection } from "./report.ts";

/** Where to begin, and the functions that cost most; the list that the setting names comes first. */
export function bottleneckSections(run: Run, sortBy: SortBy): ReportSection[] {
  // What to begin with is a matter of stages and calls, of which another tool's profile knows nothing.
  const first = run.imported ? [] : [...prioritySection(run), ...targetSection(run)];
  return [...first, ...rankingSections(run, sortBy)];
}

function prioritySection(run: Run): ReportSection[] {
  const rows = rankStages(run).map(({ stage, priority, functions, reason }) => [
    priority,
    stageTitle(stage),
    formatShare(stage.share),
    functions.map((each) => functionWords(each, run)).join(", "),
    reason,
  ]);
  const table = tableOf(["priority", "stage", "share>", "functions, of the stage", "why"], rows);
  return section("Priorities", { notes: rows.length > 0 ? [`${PRIORITY_RULE}.`] : [], table });
}

const functionWords = ({ name, file, line, share }: StageFunction, run: Run): string =>
  `${name}${file === "" ? "" : ` (${fileWords(file, run)}:${line})`} ${formatShare(share)}`;

function targetSection(run: Run): ReportSection[] {
  const rows = findTargets(run).map(({ priority, name, file, line, selfMs, share, reason }) => [
    priority,
    name,
    formatShare(share),
    formatDuration(selfMs),
    file === "" ? "" : `${fileWords(file, run)}:${line}`,
    `${reason}.`,
  ]);
  const rule = targetsRule(run);
  return section("Targets", {
    notes: [rows.length > 0 ? `The first five ${rule}, by time.` : `There are no ${rule}.`],
    table: tableOf(["priority", "name", "share>", "time>", "source", "why"], rows),
  });
}

interface Ranking {
  /** @param cost what the run counts */
  readonly title: (this: void, cost: string) => string;
  readonly rowsOf: (found: Bottlenecks) => readonly Bottleneck[];
}

const RANKINGS: Readonly<Record<SortBy, Ranking>> = {
  time: { title: (cost) => `Functions by self ${cost}`, rowsOf: ({ bySelf }) => bySelf },
  cumulative: { title: (cost) => `Functions by total ${cost}`, rowsOf: ({ byTotal }) => byTotal },
  calls: { title: () => "Functions by calls", rowsOf: ({ byCalls }) => byCalls },
};

function rankingSections(run: Run, sortBy: SortBy): ReportSection[] {
  const found = findBottlenecks(run);
  const summary = summarize(found.bySelf, wholeWords(run));
  const order = [sortBy, ...(["time", "cumulative", "calls"] as const).filter((each) => each !== sortBy)];
  const sections = order.flatMap((each) => {
    const { title, rowsOf } = RANKINGS[each];
    return section(title(costWord(run)), {
      table: functionTable(run, rowsOf(found), found.byCalls.length > 0),
    });
  });
  return sections.map((each, index) =>
    index === 0 && summary !== "" ? { ...each, notes: [summary] } : each,
  );
}

function functionTable(
  run: Run,
  rows: readonly Bottleneck[],
  withCalls: boolean,
): ReturnType<typeof tableOf> {
  const cost = costWord(run);
  const titles = [
    "function",
    "source",
    `${partWord(run)}s`,
    "self>",
    `self ${cost}>`,
    "total>",
    `total ${cost}>`,
  ];
  return tableOf(
    withCalls ? [...titles, "calls>"] : titles,
    rows.map((row) => [
      row.name,
      row.file === "" ? withoutSource(row.kind) : `${fileWords(row.file, run)}:${row.line}`,
      row.stages.join(", "),
      formatShare(row.selfShare),
      formatCost(run, row.selfMs),
      formatShare(row.totalShare),
      formatCost(run, row.totalMs),
      ...(withCalls ? [row.calls === null ? "not counted" : formatCalls(row.calls)] : []),
    ]),
  );
}
