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
  walk(tree, (node, isEntered) => {
    const frame = tree.frame[node] ?? -1;
    const own = sumOf(frame, frame < 0 ? 0 : frames.lineOf(frame));
    if (own && !isEntered) own.active -= 1;
    if (!isEntered) return;
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

/** Down and up again along each stack, without recursion: stacks may be deep. */
function walk(tree: StackTree, visit: (node: number, isEntered: boolean) => void): void {
  const next = new Int32Array(tree.size).fill(-1);
  const below = new Int32Array(tree.size).fill(-1);
  for (let node = tree.size - 1; node > 0; node--) {
    const parent = tree.parent[node] ?? 0;
    next[node] = below[parent] ?? -1;
    below[parent] = node;
  }
  for (let node = 0; node >= 0;) {
    visit(node, true);
    let at = node;
    node = below[at] ?? -1;
    while (node < 0) {
      visit(at, false);
      if (at === 0) return;
      node = next[at] ?? -1;
      if (node < 0) at = tree.parent[at] ?? 0;
    }
  }
}
