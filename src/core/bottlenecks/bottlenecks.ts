import { depthFirst } from "../callTree/depthFirst.ts";
import { functionNames } from "../run/functionNames.ts";
import { baseName } from "../names/paths.ts";
import { formatShare } from "../format.ts";
import { functionCalls, type CallCount } from "./callCounts.ts";
import type { CallTree, FunctionKind, Run } from "../run/run.ts";
import type { Milliseconds, Share } from "../units.ts";

/** A function with everything it cost, over all stages and callers. */
export interface Bottleneck {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly kind: FunctionKind;
  /** Names of the stages in which it ran, the costliest first. */
  readonly stages: readonly string[];
  readonly selfMs: Milliseconds;
  /** Self and all that it called; calls of itself count once. */
  readonly totalMs: Milliseconds;
  /** Of all measured stage time. */
  readonly selfShare: Share;
  readonly totalShare: Share;
  /** Null where they weren't counted. */
  readonly calls: CallCount | null;
}

/** What lists of functions are sorted by: total time, self time, calls. */
export type SortBy = "cumulative" | "time" | "calls";

export interface Bottlenecks {
  readonly bySelf: readonly Bottleneck[];
  readonly byTotal: readonly Bottleneck[];
  /** Empty where calls weren't counted. */
  readonly byCalls: readonly Bottleneck[];
}

const RANKED = 20;

export function findBottlenecks(run: Run): Bottlenecks {
  const functions = rankedFunctions(run);
  return {
    bySelf: functions.filter(({ selfMs }) => selfMs > 0).slice(0, RANKED),
    byTotal: functions.toSorted((a, b) => b.totalMs - a.totalMs || b.selfMs - a.selfMs).slice(0, RANKED),
    byCalls: functions
      .filter(({ calls }) => calls !== null)
      .sort((a, b) => callsOf(b) - callsOf(a) || b.selfMs - a.selfMs)
      .slice(0, RANKED),
  };
}

const callsOf = ({ calls }: Bottleneck): number => calls?.calls ?? 0;

/** All functions that took any time, the one with the longest self time first. */
export function rankedFunctions(run: Run): Bottleneck[] {
  const { callTree, totals } = run;
  const share = (ms: number): Share => (totals.stagesMs > 0 ? ms / totals.stagesMs : 0);
  const costs = functionCosts(callTree);
  const names = functionNames(run);
  const calls = functionCalls(run);
  return callTree.functions
    .flatMap((func, index): Bottleneck[] => {
      const cost = costs[index];
      if (!cost || cost.totalMs <= 0) return [];
      const stages = [...cost.byStage].sort((a, b) => b[1] - a[1]);
      return [
        {
          name: names[index] ?? "(anonymous)",
          file: func.file,
          line: func.line,
          kind: func.kind,
          stages: stages.map(([stage]) => run.stages[stage]?.name ?? "unknown"),
          selfMs: cost.selfMs,
          totalMs: cost.totalMs,
          selfShare: share(cost.selfMs),
          totalShare: share(cost.totalMs),
          calls: calls[index] ?? null,
        },
      ];
    })
    .sort((a, b) => b.selfMs - a.selfMs);
}

interface Cost {
  selfMs: number;
  totalMs: number;
  readonly byStage: Map<number, number>;
}

function functionCosts(tree: CallTree): Cost[] {
  const costs = tree.functions.map((): Cost => ({ selfMs: 0, totalMs: 0, byStage: new Map() }));
  const subtree = subtreeMs(tree);
  /** How often each function is above the node that is looked at. */
  const active = tree.functions.map(() => 0);
  const enter = (node: number): void => {
    const kind = tree.kind[node];
    const func = tree.function[node] ?? -1;
    const cost = costs[func];
    if (kind === 0 || !cost) return;
    cost.selfMs += tree.selfMs[node] ?? 0;
    if (kind === 2) return;
    const calledByItself = (active[func] ?? 0) > 0;
    active[func] = (active[func] ?? 0) + 1;
    if (calledByItself) return;
    const ms = subtree[node] ?? 0;
    const stage = tree.stage[node] ?? -1;
    cost.totalMs += ms;
    cost.byStage.set(stage, (cost.byStage.get(stage) ?? 0) + ms);
  };
  depthFirst(tree.parent, enter, (node) => {
    const func = tree.function[node] ?? -1;
    if (tree.kind[node] === 1) active[func] = (active[func] ?? 0) - 1;
  });
  return costs;
}

function subtreeMs(tree: CallTree): number[] {
  const total = [...tree.selfMs];
  for (let node = total.length - 1; node >= 0; node--) {
    const parent = tree.parent[node] ?? -1;
    if (parent >= 0) total[parent] = (total[parent] ?? 0) + (total[node] ?? 0);
  }
  return total;
}

const HALF = 0.5;

/**
 * One sentence: the fewest functions whose self time adds up to half of all, at most five.
 *
 * @param whole completes "30 % of …"
 */
export function summarize(bySelf: readonly Bottleneck[], whole = "the stage time"): string {
  let share = 0;
  const first: string[] = [];
  for (const { name, file, line, selfShare } of bySelf.slice(0, 5)) {
    share += selfShare;
    // Many functions are called process, and many have no name.
    first.push(file === "" ? name : `${name} (${baseName(file)}:${line})`);
    if (share >= HALF) break;
  }
  const [only] = first;
  if (only === undefined) return "";
  if (first.length === 1) return `${only} alone takes ${formatShare(share)} of ${whole}.`;
  const names = `${first.slice(0, -1).join(", ")} and ${first.at(-1) ?? ""}`;
  return `${names} take ${formatShare(share)} of ${whole}.`;
}
