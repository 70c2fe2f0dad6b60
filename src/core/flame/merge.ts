import type { CallTree } from "../run/run.ts";

/** The call tree with equal siblings made one, below an entry 0 that stands for the whole run. */
export interface MergedNodes {
  readonly count: number;
  readonly parent: readonly number[];
  /** The first of the merged nodes; −1 for the whole run. */
  readonly node: readonly number[];
  /** In ms; a function's holds its own lines, so that it is what the function spent itself. */
  readonly selfMs: readonly number[];
  readonly totalMs: readonly number[];
}

export function mergeNodes(tree: CallTree): MergedNodes {
  const parent = [-1];
  const node = [-1];
  const selfMs = [0];
  const totalMs = [0];
  const entryOf: number[] = [];
  const known = new Map<string, number>();

  tree.parent.forEach((treeParent, index) => {
    const above = treeParent < 0 ? 0 : (entryOf[treeParent] ?? 0);
    const key = `${above} ${tree.kind[index]} ${tree.stage[index]} ${tree.function[index]} ${tree.line[index]}`;
    let entry = known.get(key);
    if (entry === undefined) {
      entry = parent.push(above) - 1;
      node.push(index);
      selfMs.push(0);
      totalMs.push(0);
      known.set(key, entry);
    }
    entryOf.push(entry);
    const own = tree.selfMs[index] ?? 0;
    selfMs[entry] = (selfMs[entry] ?? 0) + own;
    totalMs[entry] = (totalMs[entry] ?? 0) + own;
    if (tree.kind[index] === 2) selfMs[above] = (selfMs[above] ?? 0) + own;
  });
  // Children come after their parents, so one pass from the end adds everything up.
  for (let entry = parent.length - 1; entry > 0; entry--) {
    const above = parent[entry] ?? 0;
    totalMs[above] = (totalMs[above] ?? 0) + (totalMs[entry] ?? 0);
  }
  return { count: parent.length, parent, node, selfMs, totalMs };
}
