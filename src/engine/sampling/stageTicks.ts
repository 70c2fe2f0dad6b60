import type { TickTree } from "../worker/lane/laneProtocol.ts";

/** Ticks of each stage, all below it included. */
export function ticksByStage(tree: TickTree, stageCount: number): number[] {
  const counts = Array<number>(stageCount).fill(0);
  for (const [node, , ticks] of tree.ticks) {
    const stage = tree.stage[node] ?? -1;
    if (stage in counts) counts[stage] = (counts[stage] ?? 0) + ticks;
  }
  return counts;
}

/** The same tree without the ticks of other stages. */
export function withStages(tree: TickTree, keep: (stage: number) => boolean): TickTree {
  return { ...tree, ticks: tree.ticks.filter(([node]) => keep(tree.stage[node] ?? -1)) };
}
