import type { Callers } from "./callers.ts";
import type { TickNode } from "./ticksTree.ts";

/**
 * On which line a function calls the one below it; 0 where that isn't known. Of several calls of one name the first stands
 * for all: V8 doesn't tell them apart.
 */
export function callLine(callers: Callers, node: TickNode, child: TickNode): number {
  if (!node.source) return 0;
  const [line] = callers.callLines(node.source, child.frame?.name ?? "");
  return line ?? hottestLine(node);
}

/** Where a call can't be found by its name (a callback, a renamed import), the line at which the function spends most. */
function hottestLine(node: TickNode): number {
  const [hottest] = [...node.ticks].filter(([line]) => line > 0).sort(([, a], [, b]) => b - a);
  return hottest?.[0] ?? node.frame?.line ?? 0;
}
