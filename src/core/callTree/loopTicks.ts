import { callLines } from "./callLines.ts";
import { Callers } from "./callers.ts";
import { keyOf, type Outlines } from "./frames.ts";
import type { TickNode } from "./ticksTree.ts";

/** A loop by the lines that it takes within a function. */
export interface LoopLines {
  readonly file: string;
  /** Index of its function in the file's outline. */
  readonly function: number;
  readonly line: number;
  readonly endLine: number;
}

/** Ticks of each loop with all that it calls, recursion counted once: by loop, then by stage. */
export function loopTicks<T extends LoopLines>(
  roots: readonly TickNode[],
  outlines: Outlines,
  loops: readonly T[],
): ReadonlyMap<T, ReadonlyMap<number, number>> {
  const callers = new Callers(outlines);
  const found = new Map<T, Map<number, number>>();
  const add = (loop: T, stage: number, ticks: number): void => {
    const byStage = found.get(loop) ?? new Map<number, number>();
    found.set(loop, byStage.set(stage, (byStage.get(stage) ?? 0) + ticks));
  };
  const byFunction = new Map<string, T[]>();
  for (const loop of loops) {
    const key = keyOf({ file: loop.file, index: loop.function });
    byFunction.set(key, [...(byFunction.get(key) ?? []), loop]);
  }
  const loopsAt = ({ source }: TickNode, line: number): T[] =>
    (source === null ? [] : (byFunction.get(keyOf(source)) ?? [])).filter(
      (loop) => loop.line <= line && line <= loop.endLine,
    );

  /** @returns the ticks below the node; `active` holds the loops from which it was called */
  const visit = (node: TickNode, active: ReadonlySet<T>): number => {
    let all = 0;
    const take = (line: number, below: (inside: ReadonlySet<T>) => number): void => {
      const fresh = loopsAt(node, line).filter((loop) => !active.has(loop));
      const ticks = below(fresh.length > 0 ? new Set([...active, ...fresh]) : active);
      for (const loop of fresh) add(loop, node.stage, ticks);
      all += ticks;
    };
    for (const [line, ticks] of node.ticks) take(line, () => ticks);
    for (const child of node.children)
      take(callLines(callers, node, child)[0] ?? 0, (inside) => visit(child, inside));
    return all;
  };

  for (const root of roots) visit(root, new Set());
  return found;
}
