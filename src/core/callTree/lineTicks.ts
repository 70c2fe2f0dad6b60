import type { CallTreeFunction } from "../run/run.ts";
import type { Share } from "../units.ts";
import { callLines } from "./callLines.ts";
import { Callers } from "./callers.ts";
import type { Outlines } from "./frames.ts";
import type { TickNode } from "./ticksTree.ts";

/** What one line of one stage cost, in ticks. */
export interface LineTicks {
  readonly file: string;
  readonly line: number;
  readonly stage: number;
  self: number;
  /** Self and all that the line called; recursion counted once. */
  total: number;
  /** Of `self`, what ran in packages and in Node, by the function that the line called there. */
  readonly folded: Map<CallTreeFunction, number>;
  /** Ticks that V8 may have put on the other side of an inlined call: they belong in the error. */
  uncertain: number;
}

/**
 * Costs by line. What a line called in packages and in the runtime counts as its own: its author can only change the
 * call.
 *
 * @param inliningBias the part of an inlined function's ticks that V8 may have put on the line that calls it, 0 to 1
 */
export function lineTicks(roots: readonly TickNode[], outlines: Outlines, inliningBias: Share): LineTicks[] {
  const callers = new Callers(outlines);
  const lines = new Map<string, LineTicks>();
  const lineAt = (node: TickNode, line: number): LineTicks | undefined => {
    if (!node.source || line === 0) return undefined;
    const { file } = node.source;
    const key = `${node.stage}|${line}|${file}`;
    const known = lines.get(key) ?? nothing(file, line, node.stage);
    lines.set(key, known);
    return known;
  };

  /** @returns the ticks below the node; `active` holds the call lines above it, `calledFrom` the last of them */
  const visit = (node: TickNode, active: ReadonlySet<LineTicks>, calledFrom?: LineTicks): number => {
    let all = 0;
    for (const [line, ticks] of node.ticks) {
      all += ticks;
      const own = lineAt(node, line);
      if (!own) continue;
      own.self += ticks;
      if (!active.has(own)) own.total += ticks;
      if (!node.inlined || own === calledFrom) continue;
      own.uncertain += ticks * inliningBias;
      if (calledFrom) calledFrom.uncertain += ticks * inliningBias;
    }
    for (const child of node.children) all += visitCall(node, child, active);
    return all;
  };

  const visitCall = (node: TickNode, child: TickNode, active: ReadonlySet<LineTicks>): number => {
    const possible = callLines(callers, node, child).flatMap((line) => lineAt(node, line) ?? []);
    const fresh = possible.filter((line) => !active.has(line));
    const [only] = possible.length === 1 ? possible : [];
    const all = visit(child, fresh.length > 0 ? new Set([...active, ...fresh]) : active, only);
    const folded = child.source === null ? foldedTicks(child) : 0;
    for (const line of fresh) line.total += all / possible.length;
    for (const line of possible) {
      line.self += folded / possible.length;
      line.uncertain += folded * (1 - 1 / possible.length);
      if (child.source === null && child.frame)
        line.folded.set(child.frame, (line.folded.get(child.frame) ?? 0) + folded / possible.length);
    }
    return all;
  };

  for (const root of roots) visit(root, new Set());
  return [...lines.values()].filter(({ total, self }) => total > 0 || self > 0);
}

const nothing = (file: string, line: number, stage: number): LineTicks => ({
  file,
  line,
  stage,
  self: 0,
  total: 0,
  folded: new Map(),
  uncertain: 0,
});

/** A package's or the runtime's ticks, without those of callbacks that it calls. */
function foldedTicks(node: TickNode): number {
  const own = [...node.ticks.values()].reduce((sum, ticks) => sum + ticks, 0);
  return node.children.reduce((sum, child) => sum + (child.source === null ? foldedTicks(child) : 0), own);
}
