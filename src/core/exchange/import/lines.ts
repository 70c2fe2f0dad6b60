import { depthFirst } from "../../callTree/depthFirst.ts";
import type { LineFigures } from "../../run/run.ts";
import type { Share } from "../../units.ts";
import type { FrameTable } from "./frameTable.ts";
import type { ForeignThread } from "./readProfile.ts";
import type { StackTree } from "./stackTree.ts";

interface LineSum {
  readonly file: string;
  readonly line: number;
  self: number;
  total: number;
  ticks: number;
  /** How many frames of the line are above the one that is looked at. */
  active: number;
}

/**
 * What each line took, longest first: self time where the file knows the line, else at the line where the function
 * begins; the total is of all below a frame of the line, recursion once.
 */
export function linesOf(
  threads: readonly ForeignThread[],
  names: readonly string[],
  frames: FrameTable,
  perMs: number,
  stagesMs: number,
): LineFigures[] {
  const samples = threads.reduce((sum, each) => sum + (each.samples ?? 0), 0);
  const isExact = threads.some((thread) => thread.samples === null);
  return threads
    .flatMap(({ tree }, index) =>
      sumsOf(tree, frames).map(({ file, line, self, total, ticks }): LineFigures => {
        const share = self / perMs / stagesMs;
        return {
          file,
          line,
          stage: names[index] ?? "",
          selfMs: self / perMs,
          totalMs: total / perMs,
          share,
          error: isExact ? 0 : errorOf(share, samples),
          load: 0,
          ticks: Math.round(ticks),
          folded: [],
        };
      }),
    )
    .sort((a, b) => b.selfMs - a.selfMs || b.totalMs - a.totalMs);
}

/** Half-width of the 95 % interval of a binomial share. */
const errorOf = (share: Share, samples: number): Share =>
  samples > 0 ? 1.96 * Math.sqrt((share * Math.max(0, 1 - share)) / samples) : 0;

function sumsOf(tree: StackTree, frames: FrameTable): LineSum[] {
  const known = new Map<string, LineSum>();
  const sumOf = (frame: number, line: number): LineSum | undefined => {
    const file = frames.functions[frames.functionOf(frame)]?.file ?? "";
    if (frame < 0 || file === "" || line <= 0) return undefined;
    const key = `${line} ${file}`;
    const sum = known.get(key) ?? { file, line, self: 0, total: 0, ticks: 0, active: 0 };
    known.set(key, sum);
    return sum;
  };
  const totals = tree.totals();
  const placedIn = placesByNode(tree);
  const lineOfNode = (node: number): LineSum | undefined => {
    const frame = tree.frame[node] ?? -1;
    return sumOf(frame, frame < 0 ? 0 : frames.lineOf(frame));
  };
  const enter = (node: number): void => {
    const frame = tree.frame[node] ?? -1;
    const own = lineOfNode(node);
    const self = tree.self[node] ?? 0;
    if (own) {
      own.self += self;
      own.ticks += tree.ticks[node] ?? 0;
      if (own.active === 0) own.total += totals[node] ?? 0;
      own.active += 1;
    }
    for (const place of placedIn.get(node) ?? []) {
      const at = sumOf(frame, tree.placed.line[place] ?? 0);
      const weight = tree.placed.weight[place] ?? 0;
      if (!at) continue;
      at.self += weight;
      at.ticks += tree.placed.ticks[place] ?? 0;
      if (at.active === 0) at.total += weight;
    }
  };
  depthFirst(tree.parent, enter, (node) => {
    const own = lineOfNode(node);
    if (own) own.active -= 1;
  });
  return [...known.values()].filter(({ total }) => total > 0);
}

function placesByNode({ placed }: StackTree): Map<number, number[]> {
  const places = new Map<number, number[]>();
  placed.node.forEach((node, index) => {
    const known = places.get(node);
    if (known) known.push(index);
    else places.set(node, [index]);
  });
  return places;
}
