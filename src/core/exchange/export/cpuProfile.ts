import type { Run } from "../../run/run.ts";
import { calleesOf, stacksOf, walkStacks, type StackNode } from "./stacks.ts";
import { fileUrl } from "./fileUrl.ts";

/** As V8 writes it: lines and columns of call frames from 0, those of ticks from 1. */
interface ProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly scriptId: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly hitCount: number;
  readonly children?: readonly number[];
  readonly positionTicks?: readonly { readonly line: number; readonly ticks: number }[];
}

/** A longer run has coarser ticks. */
const MOST_TICKS = 100_000;

/**
 * V8's CPU profile, with line ticks. Every tick is as long as every other one, a whole number of microseconds, so that hits,
 * line ticks and samples say the same; the samples stand in the order of the tree, because a run keeps no order of time.
 *
 * @param folder what relative paths of the run are relative to
 */
export function toCpuProfile(run: Run, folder: string | null): string {
  const stacks = stacksOf(run);
  const allUs = stacks.reduce((sum, { selfMs }) => sum + selfMs, 0) * 1000;
  const tickUs = Math.max(1, Math.ceil(allUs / MOST_TICKS));
  const { nodes, samples } = numbered(stacks, tickUs, folder);
  return JSON.stringify({
    nodes,
    startTime: 0,
    endTime: tickUs * (samples.length + 1),
    samples,
    timeDeltas: samples.map(() => tickUs),
    // So that stages become stages again where the file is opened here.
    waveflame: run.waveflame,
  });
}

const ROOT = 1;
const IDLE = 2;

/** In rows from the top, numbered without gaps: some readers count on it. */
function numbered(
  stacks: readonly StackNode[],
  tickUs: number,
  folder: string | null,
): { nodes: ProfileNode[]; samples: number[] } {
  const callees = calleesOf(stacks);
  const frames = stacks.map(({ kind }) => kind !== "line");
  const order = stacks.flatMap(({ parent }, index) => (parent < 0 ? [index] : []));
  // Grows while it is walked.
  for (const index of order)
    for (const callee of callees[index] ?? []) if (frames[callee]) order.push(callee);
  const ids = new Map(order.map((index, place) => [index, place + IDLE + 1]));
  const scripts = new Map<string, number>();
  const idsOf = (indexes: readonly number[]): number[] => indexes.flatMap((index) => ids.get(index) ?? []);
  const roots = order.filter((index) => (stacks[index]?.parent ?? 0) < 0);
  const nodes: ProfileNode[] = [
    { id: ROOT, callFrame: nowhere("(root)"), hitCount: 0, children: [IDLE, ...idsOf(roots)] },
    { id: IDLE, callFrame: nowhere("(idle)"), hitCount: 2 },
  ];
  const hits = new Map<number, number>();
  for (const index of order) {
    const node = stacks[index];
    const below = callees[index] ?? [];
    if (!node) continue;
    const ticksOf = ({ selfMs }: StackNode): number => Math.round((selfMs * 1000) / tickUs);
    const lines = below.flatMap((callee) => {
      const line = stacks[callee];
      const ticks = line?.kind === "line" ? ticksOf(line) : 0;
      return line && ticks > 0 ? [{ line: line.line, ticks }] : [];
    });
    const hitCount = lines.reduce((sum, { ticks }) => sum + ticks, ticksOf(node));
    const id = ids.get(index) ?? ROOT;
    hits.set(index, hitCount);
    const children = idsOf(below);
    nodes.push({
      id,
      callFrame: callFrameOf(node, scripts, folder),
      hitCount,
      ...(children.length > 0 ? { children } : {}),
      ...(lines.length > 0 ? { positionTicks: lines } : {}),
    });
  }
  return { nodes, samples: samplesOf(stacks, ids, hits) };
}

/** Call after call. Readers differ in whether a sample lasts from the one before it or to the one after it: idle ends leave all whole. */
function samplesOf(
  stacks: readonly StackNode[],
  ids: ReadonlyMap<number, number>,
  hits: ReadonlyMap<number, number>,
): number[] {
  const samples = [IDLE];
  walkStacks(
    stacks,
    (index) => {
      const id = ids.get(index) ?? ROOT;
      for (let hit = hits.get(index) ?? 0; hit > 0; hit--) samples.push(id);
    },
    () => undefined,
  );
  samples.push(IDLE);
  return samples;
}

const nowhere = (functionName: string): ProfileNode["callFrame"] => ({
  functionName,
  scriptId: "0",
  url: "",
  lineNumber: -1,
  columnNumber: -1,
});

function callFrameOf(
  { name, file, line, function: func }: StackNode,
  scripts: Map<string, number>,
  folder: string | null,
): ProfileNode["callFrame"] {
  if (func?.kind === "collector") return nowhere("(garbage collector)");
  if (file === "") return nowhere(name);
  const script = scripts.get(file) ?? scripts.size + 1;
  scripts.set(file, script);
  return {
    functionName: name,
    scriptId: String(script),
    url: fileUrl(file, folder),
    lineNumber: Math.max(0, line - 1),
    columnNumber: 0,
  };
}
