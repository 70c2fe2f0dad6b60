import type { CallTree } from "../run/run.ts";
import { mergeNodes } from "./merge.ts";
import type { MergedNodes } from "./merge.ts";

/**
 * A flame graph as columns: box 0 is the whole run, every other box lies under its parent. `x` and `width` are parts
 * of the whole run, 0 to 1. A parent's index is always less than its children's; siblings follow one another, widest
 * first.
 */
export interface FlameBoxes {
  readonly count: number;
  /** How many rows there are, the whole run's included. */
  readonly rows: number;
  /** A node of the call tree that stands for the box; −1 for the whole run. */
  readonly node: Int32Array;
  /** −1 for the whole run. */
  readonly parent: Int32Array;
  readonly firstChild: Int32Array;
  readonly childCount: Int32Array;
  readonly depth: Uint32Array;
  readonly x: Float64Array;
  readonly width: Float64Array;
  /** Milliseconds, of all nodes that the box merges; a function's holds its own lines. */
  readonly selfMs: Float64Array;
  readonly totalMs: Float64Array;
}

/** Left-heavy order: equal callers are merged, and the longest lies first. */
export function layOutFlame(tree: CallTree): FlameBoxes {
  const merged = mergeNodes(tree);
  const order = leftHeavy(merged);
  const count = order.length;
  const boxes = {
    node: new Int32Array(count),
    parent: new Int32Array(count),
    firstChild: new Int32Array(count).fill(-1),
    childCount: new Int32Array(count),
    depth: new Uint32Array(count),
    x: new Float64Array(count),
    width: new Float64Array(count),
    selfMs: new Float64Array(count),
    totalMs: new Float64Array(count),
  };
  const boxOf = new Int32Array(count);
  const nextX = new Float64Array(count);
  const whole = merged.totalMs[0] ?? 0;
  let deepest = 0;

  order.forEach((entry, box) => {
    boxOf[entry] = box;
    const parent = box === 0 ? -1 : at(boxOf, at(merged.parent, entry));
    const totalMs = at(merged.totalMs, entry);
    const width = whole > 0 ? totalMs / whole : 0;
    boxes.node[box] = at(merged.node, entry);
    boxes.parent[box] = parent;
    boxes.selfMs[box] = at(merged.selfMs, entry);
    boxes.totalMs[box] = totalMs;
    boxes.width[box] = width;
    if (parent >= 0) {
      boxes.x[box] = at(nextX, parent);
      nextX[parent] = at(nextX, parent) + width;
      boxes.depth[box] = at(boxes.depth, parent) + 1;
      if (boxes.childCount[parent] === 0) boxes.firstChild[parent] = box;
      boxes.childCount[parent] = at(boxes.childCount, parent) + 1;
    }
    nextX[box] = at(boxes.x, box);
    deepest = Math.max(deepest, at(boxes.depth, box));
  });
  return { count, rows: deepest + 1, ...boxes };
}

/** Entries row by row, so that siblings follow one another and no recursion limits the depth. */
function leftHeavy(merged: MergedNodes): number[] {
  const children: number[][] = Array.from({ length: merged.count }, () => []);
  for (let entry = 1; entry < merged.count; entry++) children[at(merged.parent, entry)]?.push(entry);
  const order = [0];
  // Grows while it is walked.
  for (const above of order) {
    const below = children[above] ?? [];
    below.sort((a, b) => at(merged.totalMs, b) - at(merged.totalMs, a) || a - b);
    // Nothing to draw and nothing to find in a box without time.
    for (const entry of below) if (at(merged.totalMs, entry) > 0) order.push(entry);
  }
  return order;
}

/** A number of a column; 0 past its end. */
export function at(column: ArrayLike<number>, index: number): number {
  return column[index] ?? 0;
}
