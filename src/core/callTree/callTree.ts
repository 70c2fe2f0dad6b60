import type { CallTree, CallTreeFunction } from "../run/run.ts";
import type { Milliseconds } from "../units.ts";
import type { TickNode } from "./ticksTree.ts";

/**
 * The saved form: columns, stages first, lines as leaves.
 *
 * @param msPerTick by stage
 * @param unsampled stages in which the sampler never looked, with their measured time: they still belong to the whole
 * @param waited by stage: time beside its work, which is nobody's below it
 */
export function callTreeOf(
  roots: readonly TickNode[],
  msPerTick: readonly Milliseconds[],
  unsampled: ReadonlyMap<number, Milliseconds>,
  waited: ReadonlyMap<number, Milliseconds> = new Map(),
): CallTree {
  const tree = {
    kind: [] as (0 | 1 | 2)[],
    parent: [] as number[],
    stage: [] as number[],
    function: [] as number[],
    line: [] as number[],
    selfMs: [] as number[],
    functions: [] as CallTreeFunction[],
  };
  const indexes = new Map<string, number>();
  const functionIndex = (frame: CallTreeFunction): number => {
    const key = JSON.stringify(frame);
    const known = indexes.get(key);
    if (known !== undefined) return known;
    indexes.set(key, tree.functions.length);
    return tree.functions.push(frame) - 1;
  };
  const add = (
    kind: 0 | 1 | 2,
    parent: number,
    stage: number,
    of: number,
    line: number,
    selfMs: number,
  ): number => {
    tree.kind.push(kind);
    tree.parent.push(parent);
    tree.stage.push(stage);
    tree.function.push(of);
    tree.line.push(line);
    tree.selfMs.push(selfMs);
    return tree.kind.length - 1;
  };
  const visit = (node: TickNode, parent: number): void => {
    const ms = msPerTick[node.stage] ?? 0;
    const of = node.frame ? functionIndex(node.frame) : -1;
    const own = (node.ticks.get(0) ?? 0) * ms + (node.frame ? 0 : (waited.get(node.stage) ?? 0));
    const at = add(node.frame ? 1 : 0, parent, node.stage, of, 0, own);
    for (const [line, ticks] of node.ticks) if (line > 0) add(2, at, node.stage, of, line, ticks * ms);
    for (const child of node.children) visit(child, at);
  };
  for (const root of roots) if (!unsampled.has(root.stage)) visit(root, -1);
  for (const [stage, ms] of unsampled) add(0, -1, stage, -1, 0, ms + (waited.get(stage) ?? 0));
  return tree;
}
