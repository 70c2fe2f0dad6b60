import type { Run, StageFigures } from "../run/run.ts";
import type { Share } from "../units.ts";
import { rankedFunctions, type Bottleneck } from "./bottlenecks.ts";
import { priorityOf, type Priority } from "./priority.ts";
import { reasonOf } from "./reasons.ts";

/** A stage with what there is to gain, where, and why (requirement C2). */
export interface RankedStage {
  readonly stage: StageFigures;
  readonly priority: Priority;
  /** The fewest that take half of it together, three at most; none where no line was measured. */
  readonly functions: readonly StageFunction[];
  /** One sentence, from its figures. */
  readonly reason: string;
}

export interface StageFunction {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** Of the stage's own time. */
  readonly share: Share;
}

const HALF: Share = 0.5;
const MOST_FUNCTIONS = 3;

/** The one with the largest share first; none of those that took no time. */
export const rankStages = (run: Run): RankedStage[] =>
  run.stages
    .filter(({ selfMs }) => selfMs > 0)
    .sort((a, b) => b.share - a.share)
    .map((stage) => ({
      stage,
      priority: priorityOf(stage.share),
      functions: fewestForHalf(functionsOf(run, stage)),
      reason: reasonOf(run, stage),
    }));

/** By their own time in that stage alone. */
function functionsOf(run: Run, stage: StageFigures): StageFunction[] {
  const index = run.stages.indexOf(stage);
  return rankedFunctions(inStage(run, index)).map(({ name, file, line, selfMs }: Bottleneck) => ({
    name,
    file,
    line,
    share: selfMs / stage.selfMs,
  }));
}

/** As if no other stage had taken any time. */
function inStage(run: Run, index: number): Run {
  const { callTree } = run;
  const selfMs = callTree.selfMs.map((ms, node) => (callTree.stage[node] === index ? ms : 0));
  return { ...run, callTree: { ...callTree, selfMs } };
}

function fewestForHalf(functions: readonly StageFunction[]): StageFunction[] {
  const chosen: StageFunction[] = [];
  let share = 0;
  for (const each of functions.slice(0, MOST_FUNCTIONS)) {
    if (each.share <= 0) break;
    chosen.push(each);
    share += each.share;
    if (share >= HALF) break;
  }
  return chosen;
}
