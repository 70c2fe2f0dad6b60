import { depthFirst } from "../../callTree/depthFirst.ts";
import { mergeNodes } from "../../flame/merge.ts";
import { functionNames } from "../../run/functionNames.ts";
import type { CallTreeFunction, Run, StageFigures } from "../../run/run.ts";
import { stageTitle } from "../../run/stageTitle.ts";
import type { Milliseconds } from "../../units.ts";

/** A place in the exported tree. */
export interface StackNode {
  /** Index of the caller, always less than its own; −1 for a stage. */
  readonly parent: number;
  readonly kind: "stage" | "function" | "line";
  readonly stage: StageFigures;
  /** Null for a stage; the enclosing one for a line. */
  readonly function: CallTreeFunction | null;
  /** As a person reads it: `voice master`, `biquad`. A line has its function's. */
  readonly name: string;
  /** Empty where there is no source. */
  readonly file: string;
  /** Where a function begins, or the line itself; 0 where unknown. */
  readonly line: number;
  /** Without what lies below it; a function's lines do. */
  readonly selfMs: Milliseconds;
  readonly depth: number;
}

/** The run's call tree with equal siblings made one, parents first. */
export function stacksOf(run: Run): StackNode[] {
  const merged = mergeNodes(run.callTree);
  const names = functionNames(run);
  const ownMs = ownTimes(run, merged.parent, merged.node, merged.selfMs);
  const nodes: StackNode[] = [];
  for (let entry = 1; entry < merged.count; entry++) {
    const node = merged.node[entry] ?? 0;
    const parent = (merged.parent[entry] ?? 0) - 1;
    const depth = (nodes[parent]?.depth ?? -1) + 1;
    const stage = run.stages[run.callTree.stage[node] ?? -1];
    if (stage) nodes.push({ parent, depth, selfMs: ownMs[entry] ?? 0, ...meaning(run, names, node, stage) });
  }
  return nodes;
}

function meaning(
  { callTree }: Run,
  names: readonly string[],
  node: number,
  stage: StageFigures,
): Omit<StackNode, "parent" | "depth" | "selfMs"> {
  const index = callTree.function[node] ?? -1;
  const func = callTree.functions[index];
  if (callTree.kind[node] === 0 || !func) {
    return {
      kind: "stage",
      stage,
      function: null,
      name: stageTitle(stage),
      file: stage.file,
      line: stage.line,
    };
  }
  const isLine = callTree.kind[node] === 2;
  return {
    kind: isLine ? "line" : "function",
    stage,
    function: func,
    name: names[index] ?? "(anonymous)",
    file: func.file,
    line: isLine ? (callTree.line[node] ?? 0) : func.line,
  };
}

/** Merged times hold a function's lines, too. */
function ownTimes(
  { callTree }: Run,
  parent: readonly number[],
  node: readonly number[],
  selfMs: readonly number[],
): number[] {
  const own = [...selfMs];
  node.forEach((of, entry) => {
    const above = parent[entry] ?? -1;
    if (above > 0 && callTree.kind[of] === 2) own[above] = (own[above] ?? 0) - (selfMs[entry] ?? 0);
  });
  // What is left of a subtraction of equals is no time.
  return own.map((ms, entry) => (ms > 1e-9 * (selfMs[entry] ?? 0) ? ms : 0));
}

/** By node its callees, in their order. */
export function calleesOf(nodes: readonly StackNode[]): number[][] {
  const callees: number[][] = nodes.map(() => []);
  nodes.forEach(({ parent }, index) => callees[parent]?.push(index));
  return callees;
}

/** Along each stack, callers before and after what they call. */
export function walkStacks(
  nodes: readonly StackNode[],
  enter: (index: number) => void,
  leave: (index: number) => void,
): void {
  depthFirst(
    nodes.map(({ parent }) => parent),
    enter,
    leave,
  );
}

/** Formats that write each stack whole grow with their depth. */
const MOST_CELLS = 20_000_000;

/** Each node with time of its own, and its callers, outermost first. @throws Error with a sentence where that is too much. */
export function wholeStacks(
  nodes: readonly StackNode[],
): { readonly stack: readonly StackNode[]; readonly selfMs: number }[] {
  const timed = nodes.filter(({ selfMs }) => selfMs > 0);
  if (timed.reduce((sum, { depth }) => sum + depth + 1, 0) > MOST_CELLS)
    throw new Error("The stacks of this run are too deep for this format: export it for speedscope instead.");
  return timed.map((leaf) => {
    const stack: StackNode[] = [];
    for (let node: StackNode | undefined = leaf; node; node = nodes[node.parent]) stack.push(node);
    return { stack: stack.reverse(), selfMs: leaf.selfMs };
  });
}
