import type { Run, StageFigures } from "./run.ts";
import type { Milliseconds } from "../units.ts";

/** Garbage collection while a stage was at work, which need not be the one that leaves it. */
export interface Collecting {
  readonly ms: Milliseconds;
  /** Null where pauses weren't watched: then the time is the sampler's. */
  readonly count: number | null;
}

export function collectingIn(run: Run, stage: StageFigures): Collecting {
  const { collections, callTree } = run;
  if (collections !== null) {
    const own = collections.totals.filter((each) => each.stage === stage.name);
    return {
      ms: own.reduce((sum, { ms }) => sum + ms, 0),
      count: own.reduce((sum, { count }) => sum + count, 0),
    };
  }
  const index = run.stages.indexOf(stage);
  let ms = 0;
  callTree.function.forEach((func, node) => {
    if (callTree.kind[node] === 0 || callTree.stage[node] !== index) return;
    if (callTree.functions[func]?.kind === "collector") ms += callTree.selfMs[node] ?? 0;
  });
  return { ms, count: null };
}
