import type { Profiler } from "node:inspector";
import type { TickTree } from "../worker/lane/laneProtocol.ts";
import { FRAME_PREFIX } from "../worker/stages/stageCall.ts";
import { COUNTING, WRAPPED_URL } from "../worker/io/wrapped.ts";
import type { SpanTimeline } from "./spanTimeline.ts";
import { TickTreeBuilder } from "./tickTreeBuilder.ts";
import { timedSamples } from "./timedSamples.ts";

type Node = Profiler.ProfileNode;

/** What a stage calls of the profiler's: `emit`, `results`. Its functions' names would tell an author nothing. */
export const OWN_FRAME = { functionName: "(waveflame)", url: "", lineNumber: -1 };

/** V8's names for when nothing runs. */
const NOT_WORK = new Set(["(idle)", "(root)"]);

/**
 * A V8 profile as ticks by stage. A node below a stage's frame belongs to that stage; any other (collections, what runs
 * after an await) is split over stages by when its samples were taken.
 *
 * @param offsetUs what the worker's clock lacks to V8's, in µs
 * @param ownUrl of the profiler's code in this thread, which is one frame below the function that calls it, and no part of any stage elsewhere
 */
export function tickTreeOf(
  profile: Profiler.Profile,
  spans: SpanTimeline,
  offsetUs: number,
  ownUrl: string,
): TickTree {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map<number, number>();
  for (const node of profile.nodes) for (const child of node.children ?? []) parents.set(child, node.id);
  const byTime = samplesByStage(profile, spans, offsetUs);
  const builder = new TickTreeBuilder();
  const own = new Set<number>();
  /** By node: the function of Node's that is counted there. */
  const counted = new Map<number, string>();

  const childFor = (frame: Node["callFrame"], at: number): number => {
    const { url, functionName } = frame;
    const isOwn = url === ownUrl;
    // What counts the calls of a function, and the function itself, are one.
    if (isOwn && counted.has(at)) return at;
    if (url.startsWith("node:") && counted.get(at) === functionName) return at;
    if (url === WRAPPED_URL) {
      const child = builder.child(at, { functionName, url: "", lineNumber: -1 });
      counted.set(child, functionName);
      return child;
    }
    if (!isOwn) return builder.child(at, frame);
    const child = own.has(at) ? at : builder.child(at, OWN_FRAME);
    own.add(child);
    return child;
  };

  const visit = (node: Node, stage: number | null, at: number): void => {
    const framed = stageOfFrame(node);
    if (framed !== null) {
      const root = builder.root(framed);
      addTicks(builder, root, node, 1);
      visitChildren(node, framed, root);
    } else if (stage !== null && isWrapper(node)) {
      const { callFrame } = lostBehindWrapper(node, nodes.get(parents.get(node.id) ?? -1), nodes) ?? node;
      if ((node.hitCount ?? 0) > 0) addTicks(builder, builder.child(at, callFrame), node, 1);
      visitChildren(node, stage, at);
    } else if (stage !== null) {
      const child = childFor(node.callFrame, at);
      addTicks(builder, child, node, 1);
      // What it calls was called by the line, which is found by that name.
      const { url, functionName } = node.callFrame;
      visitChildren(node, stage, url === ownUrl && functionName === COUNTING ? at : child);
    } else {
      addByTime(builder, node, byTime.get(node.id), pathOf(node, nodes, parents, ownUrl));
      visitChildren(node, null, -1);
    }
  };
  const visitChildren = (node: Node, stage: number | null, at: number): void => {
    for (const id of node.children ?? []) {
      const child = nodes.get(id);
      if (child) visit(child, stage, at);
    }
  };
  const [root] = profile.nodes;
  if (root) visit(root, null, -1);
  return builder.build();
}

/** V8's function between JavaScript and WebAssembly: no part of the tree, as what it calls is called without it, too. */
const isWrapper = ({ callFrame }: Node): boolean => callFrame.functionName.startsWith("js-to-wasm:");

/**
 * Where V8 calls WebAssembly functions without their wrapper it takes one of them for the wrapper, whose own time is next to
 * nothing: the one that it knew below the wrapper before and doesn't know beside it. Undefined where several may be meant.
 */
function lostBehindWrapper(
  wrapper: Node,
  caller: Node | undefined,
  nodes: ReadonlyMap<number, Node>,
): Node | undefined {
  const calledBy = (node: Node | undefined): Node[] =>
    (node?.children ?? []).flatMap((id) => nodes.get(id) ?? []);
  const keyOf = ({ callFrame }: Node): string => `${callFrame.url} ${callFrame.functionName}`;
  const beside = new Set(calledBy(caller).map(keyOf));
  const [only, ...others] = calledBy(wrapper).filter((below) => !beside.has(keyOf(below)));
  return others.length === 0 ? only : undefined;
}

/** The stage whose frame this is; null for any other function. */
function stageOfFrame(node: Node): number | null {
  const name = node.callFrame.functionName;
  if (!name.startsWith(FRAME_PREFIX)) return null;
  const stage = Number(name.slice(FRAME_PREFIX.length));
  return stage >= 0 ? stage : null;
}

function addTicks(builder: TickTreeBuilder, at: number, node: Node, part: number): void {
  let placed = 0;
  for (const { line, ticks } of node.positionTicks ?? []) {
    builder.ticks(at, line, ticks * part);
    placed += ticks;
  }
  const rest = (node.hitCount ?? 0) - placed;
  if (rest > 0) builder.ticks(at, 0, rest * part);
}

/** The functions above a node that has no stage's frame, outermost first, without the profiler's own. */
function pathOf(
  node: Node,
  nodes: ReadonlyMap<number, Node>,
  parents: ReadonlyMap<number, number>,
  ownUrl: string,
): Node[] {
  const isOurs = ({ callFrame: { url } }: Node): boolean =>
    url === ownUrl || url === WRAPPED_URL || url.startsWith("node:");
  const path: Node[] = [];
  for (let at: Node | undefined = node; at; at = nodes.get(parents.get(at.id) ?? -1)) {
    if (!NOT_WORK.has(at.callFrame.functionName)) path.unshift(at);
  }
  // What the profiler itself calls is no work of a stage's.
  const holder = path.findLast(({ callFrame }) => callFrame.url !== "");
  return holder && isOurs(holder) ? [] : path.filter((step) => !isOurs(step));
}

function addByTime(
  builder: TickTreeBuilder,
  node: Node,
  counts: ReadonlyMap<number, number> | undefined,
  path: readonly Node[],
): void {
  const all = node.hitCount ?? 0;
  if (!counts || all === 0 || path.length === 0) return;
  for (const [stage, count] of counts) {
    let at = builder.root(stage);
    for (const step of path) at = builder.child(at, step.callFrame);
    addTicks(builder, at, node, count / all);
  }
}

/** For each node the number of its samples that fell into each stage's calls. */
function samplesByStage(
  profile: Profiler.Profile,
  spans: SpanTimeline,
  offsetUs: number,
): Map<number, Map<number, number>> {
  const counts = new Map<number, Map<number, number>>();
  let next = 0;
  for (const { node, time: at } of timedSamples(profile, offsetUs)) {
    for (let span = spans.at(next); span && span.end < at; span = spans.at(next)) next += 1;
    const span = spans.at(next);
    if (!span || span.start > at) continue;
    const byStage = counts.get(node) ?? new Map<number, number>();
    counts.set(node, byStage.set(span.stage, (byStage.get(span.stage) ?? 0) + 1));
  }
  return counts;
}
