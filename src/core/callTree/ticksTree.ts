import { functionAt } from "../lines/outline.ts";
import type { CallTreeFunction } from "../run/run.ts";
import { Callers } from "./callers.ts";
import {
  distinct,
  keyOf,
  type FactoryPlace,
  type Outlines,
  type SampledFrames,
  type SampledTicks,
  type SourceFunction,
} from "./frames.ts";

/** A function of the tree in which inlined functions have frames again. */
export interface TickNode {
  readonly stage: number;
  /** Null for the stage itself. */
  readonly frame: CallTreeFunction | null;
  /** Where the frame stands in its file's outline; null outside the workspace. */
  readonly source: SourceFunction | null;
  readonly parent: TickNode | null;
  readonly children: TickNode[];
  /** Ticks by source line; 0 where the line isn't known or doesn't matter (packages, the runtime). */
  readonly ticks: Map<number, number>;
  /** V8 had inlined it into its parent. */
  readonly inlined: boolean;
}

/** One tree per stage, in order of the stages that have ticks. */
export function ticksTree(
  frames: SampledFrames,
  outlines: Outlines,
  factories: readonly (FactoryPlace | undefined)[],
): TickNode[] {
  const callers = new Callers(outlines);
  const roots: TickNode[] = [];
  const nodes: TickNode[] = [];
  /** By node: the functions in which its ticks were written. */
  const present: SourceFunction[][] = [];
  const ticksOf = groupByNode(frames);

  frames.parent.forEach((parent, index) => {
    const above = nodes[parent] ?? null;
    const frame = frames.frame[index] ?? null;
    const stage = frames.stage[index] ?? -1;
    const owned = owners(ticksOf.get(index) ?? [], outlines);
    const there = distinct(owned.flatMap(({ owner }) => owner ?? []));
    const node =
      above && frame ? called(above, frame, present[parent] ?? [], factories[stage]) : rootOf(roots, stage);
    nodes.push(node);
    present.push(there);
    place(node, owned, there, outlines, callers, factories[stage]);
  });
  return roots;

  /** V8 leaves out inlined functions between two frames, too. */
  function called(
    above: TickNode,
    frame: CallTreeFunction,
    there: readonly SourceFunction[],
    factory: FactoryPlace | undefined,
  ): TickNode {
    const source = sourceOf(frame, outlines);
    if (!source) return childOf(above, frame, null, false);
    // While V8 replaces running code it shows functions below themselves; without a call that is no recursion.
    const again = selfOrCallerAbove(above, source, callers);
    if (again) return again;
    const between = callers.chain(source, above.source, there, factory).slice(0, -1);
    const holder = between.reduce((at, step) => childOf(at, frameOf(step, outlines), step, true), above);
    return childOf(holder, frame, source, false);
  }
}

function groupByNode({ ticks }: SampledFrames): Map<number, SampledTicks[]> {
  const groups = new Map<number, SampledTicks[]>();
  for (const tick of ticks) {
    const group = groups.get(tick.node) ?? [];
    group.push(tick);
    groups.set(tick.node, group);
  }
  return groups;
}

function rootOf(roots: TickNode[], stage: number): TickNode {
  const known = roots.find((root) => root.stage === stage);
  if (known) return known;
  const root: TickNode = {
    stage,
    frame: null,
    source: null,
    parent: null,
    children: [],
    ticks: new Map(),
    inlined: false,
  };
  roots.push(root);
  return root;
}

function childOf(
  parent: TickNode,
  frame: CallTreeFunction,
  source: SourceFunction | null,
  inlined: boolean,
): TickNode {
  const known = parent.children.find(({ frame: other }) => other !== null && sameFrame(other, frame));
  if (known) return known;
  const child: TickNode = {
    stage: parent.stage,
    frame,
    source,
    parent,
    children: [],
    ticks: new Map(),
    inlined,
  };
  parent.children.push(child);
  return child;
}

const sameFrame = (a: CallTreeFunction, b: CallTreeFunction): boolean =>
  a.name === b.name && a.file === b.file && a.line === b.line && a.kind === b.kind;

function sourceOf(frame: CallTreeFunction, outlines: Outlines): SourceFunction | null {
  const outline = frame.kind === "source" ? outlines.get(frame.file) : undefined;
  if (!outline) return null;
  const exact = outline.functions.findIndex(({ line, name }) => line === frame.line && name === frame.name);
  const index = exact >= 0 ? exact : functionAt(outline, frame.line);
  return index >= 0 ? { file: frame.file, index } : null;
}

/** Gives a frame's ticks to the functions in which their lines were written. */
function place(
  node: TickNode,
  owned: readonly OwnedTicks[],
  present: readonly SourceFunction[],
  outlines: Outlines,
  callers: Callers,
  factory: FactoryPlace | undefined,
): void {
  for (const { owner, line, ticks: count } of owned) {
    const isOwn = !owner || (node.source !== null && keyOf(owner) === keyOf(node.source));
    // Around a call some ticks of the caller's line are left on the callee.
    const caller = isOwn ? undefined : selfOrCallerAbove(node, owner, callers);
    let at = caller ?? node;
    if (!isOwn && !caller) {
      for (const step of callers.chain(owner, node.source, present, factory)) {
        at = childOf(at, frameOf(step, outlines), step, true);
      }
    }
    const known = owner ? line : 0;
    at.ticks.set(known, (at.ticks.get(known) ?? 0) + count);
  }
}

interface OwnedTicks extends SampledTicks {
  readonly owner: SourceFunction | undefined;
}

const owners = (ticks: readonly SampledTicks[], outlines: Outlines): OwnedTicks[] =>
  ticks.map((tick) => ({ ...tick, owner: ownerOf(tick.file, tick.line, outlines) }));

/** The nearest frame, from the node up, that is the function itself, unless the node calls it again. */
function selfOrCallerAbove(node: TickNode, owner: SourceFunction, callers: Callers): TickNode | undefined {
  if (node.source && callers.callLines(node.source, callers.nameOf(owner)).length > 0) return undefined;
  let at: TickNode | null = node;
  while (at && !(at.source && keyOf(at.source) === keyOf(owner))) at = at.parent;
  return at ?? undefined;
}

function ownerOf(file: string | null, line: number, outlines: Outlines): SourceFunction | undefined {
  const outline = file === null ? undefined : outlines.get(file);
  if (!outline || file === null) return undefined;
  const index = functionAt(outline, line);
  return index >= 0 ? { file, index } : undefined;
}

function frameOf({ file, index }: SourceFunction, outlines: Outlines): CallTreeFunction {
  const outlined = outlines.get(file)?.functions[index];
  return { name: outlined?.name ?? "", file, line: outlined?.line ?? 0, kind: "source" };
}
