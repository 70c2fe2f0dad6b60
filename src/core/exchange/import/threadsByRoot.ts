import type { FrameTable } from "./frameTable.ts";
import type { ForeignThread } from "./readProfile.ts";
import { StackTree } from "./stackTree.ts";

/** A thread for each of its outermost frames, which names it: as runs are exported, with their stages as roots. */
export function threadsByRoot({ tree, samples }: ForeignThread, frames: FrameTable): ForeignThread[] {
  const trees = new Map<number, StackTree>();
  const treeOf: StackTree[] = [];
  const places = new Int32Array(tree.size);
  for (let node = 1; node < tree.size; node++) {
    const parent = tree.parent[node] ?? 0;
    const frame = tree.frame[node] ?? 0;
    const own = treeOf[parent] ?? new StackTree();
    if (parent === 0) trees.set(frame, own);
    else places[node] = own.append(places[parent] ?? 0, frame);
    treeOf[node] = own;
    own.addSelf(places[node] ?? 0, tree.self[node] ?? 0, tree.ticks[node] ?? 0);
  }
  tree.placed.node.forEach((node, index) => {
    const { line, weight, ticks } = tree.placed;
    treeOf[node]?.addOnLine(places[node] ?? 0, line[index] ?? 0, weight[index] ?? 0, ticks[index] ?? 0);
  });
  return [...trees].map(([frame, own]) => ({
    name: frames.functions[frames.functionOf(frame)]?.name ?? "",
    tree: own,
    elapsed: null,
    // Each has its part of them.
    samples: samples === null ? null : sum(own.ticks) + sum(own.placed.ticks),
  }));
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
