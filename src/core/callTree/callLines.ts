import { largestOf } from "../statistics.ts";
import type { Callers } from "./callers.ts";
import type { TickNode } from "./ticksTree.ts";

/**
 * The lines on which a function may have called the one below it, each as likely; mostly one, and none where that isn't known.
 * V8 doesn't tell several calls of one name apart: the line on which the caller itself spends most stands for all, or the first.
 */
export function callLines(callers: Callers, node: TickNode, child: TickNode): number[] {
  if (!node.source || !child.frame) return [];
  const { name, kind } = child.frame;
  // A compiler that keeps names puts the file's before them.
  const named = callers.callLines(node.source, kind === "wasm" ? name.replace(/^.*\//, "") : name);
  const most = largestOf(named.map((line) => [line, node.ticks.get(line) ?? 0]));
  if (most !== undefined) return [most];
  const others = node.children.flatMap(({ frame }) => frame?.name ?? []);
  const foreign = kind === "wasm" ? callers.foreignCallLines(node.source, others) : [];
  return foreign.length > 0 ? foreign : [hottestLine(node)];
}

/** Where a call can't be found by its name (a callback, a renamed import), the line at which the function spends most. */
function hottestLine(node: TickNode): number {
  return largestOf([...node.ticks].filter(([line]) => line > 0)) ?? node.frame?.line ?? 0;
}
