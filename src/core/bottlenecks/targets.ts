import { formatDuration, formatCount } from "../format.ts";
import type { Run } from "../run/run.ts";
import type { Milliseconds, Share } from "../units.ts";
import { rankedFunctions } from "./bottlenecks.ts";
import { formatCalls, type CallCount } from "./callCounts.ts";
import { priorityOf, type Priority } from "./priority.ts";
import { hottestLineWords } from "./reasons.ts";

/** What is called often and costs much: where a small gain counts most. */
export interface Target {
  /** Stages stand in for functions where calls of functions weren't counted. */
  readonly kind: "function" | "stage";
  readonly name: string;
  /** The one in which it costs most. */
  readonly stage: string;
  readonly file: string;
  readonly line: number;
  readonly calls: CallCount;
  readonly selfMs: Milliseconds;
  readonly share: Share;
  readonly priority: Priority;
  /** In figures: what it is called and what that costs. */
  readonly reason: string;
}

const TARGETS = 5;
const MANY_CALLS = 1000;

/** Called more than a thousand times, the longest time first, five at most. */
export function findTargets(run: Run): Target[] {
  const all = run.counts === null ? stageTargets(run) : functionTargets(run);
  return all
    .filter(({ calls, selfMs }) => calls.calls > MANY_CALLS && selfMs > 0)
    .sort((a, b) => b.selfMs - a.selfMs)
    .slice(0, TARGETS);
}

/** What `findTargets` looks through: `functions called more than 1,000 times`. */
export const targetsRule = ({ counts }: Run): string =>
  `${counts === null ? "stages" : "functions"} called more than ${formatCount(MANY_CALLS)} times`;

const functionTargets = (run: Run): Target[] =>
  rankedFunctions(run).flatMap((each) => {
    const { name, file, line, calls, selfMs, selfShare, stages } = each;
    if (calls === null) return [];
    return {
      kind: "function",
      name,
      stage: stages[0] ?? "unknown",
      file,
      line,
      calls,
      selfMs,
      share: selfShare,
      priority: priorityOf(selfShare),
      reason: [costWords(calls, selfMs), ...hottestLineWords(run, each)].join("; "),
    };
  });

const stageTargets = (run: Run): Target[] =>
  run.stages.map(({ name, file, line, selfMs, share, calls: exact }) => {
    const calls: CallCount = { calls: exact, isEstimate: false };
    return {
      kind: "stage",
      name,
      stage: name,
      file,
      line,
      calls,
      selfMs,
      share,
      priority: priorityOf(share),
      reason: costWords(calls, selfMs),
    };
  });

const costWords = (calls: CallCount, ms: Milliseconds): string =>
  `${formatCalls(calls)} calls of ${formatDuration(ms / calls.calls)} on average`;
