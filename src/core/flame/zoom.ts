import { at } from "./boxes.ts";
import type { FlameBoxes } from "./boxes.ts";

/** A box as it appears while zoomed to another: `left` and `width` are parts of what is visible, 0 to 1. */
export interface ShownBox {
  readonly box: number;
  readonly depth: number;
  readonly left: number;
  readonly width: number;
}

/** From the whole run down to the box itself. */
export function pathTo(boxes: FlameBoxes, box: number): number[] {
  const path: number[] = [];
  for (let each = box; each >= 0; each = boxes.parent[each] ?? -1) path.push(each);
  return path.reverse();
}

/**
 * What is seen while zoomed to `zoomed`: it and its callers over the whole width, and what lies below it. Boxes
 * narrower than `narrowest` (a part of the visible width) are left out with all that lies below them.
 */
export function showFrom(boxes: FlameBoxes, zoomed: number, narrowest: number): ShownBox[] {
  const path = pathTo(boxes, zoomed);
  const shown: ShownBox[] = path.map((box) => ({ box, depth: at(boxes.depth, box), left: 0, width: 1 }));
  const start = at(boxes.x, zoomed);
  const scale = at(boxes.width, zoomed) > 0 ? 1 / at(boxes.width, zoomed) : 0;
  const open = [zoomed];
  // Grows while it is walked.
  for (const above of open) {
    const first = at(boxes.firstChild, above);
    for (let box = first; box >= 0 && box < first + at(boxes.childCount, above); box++) {
      const width = at(boxes.width, box) * scale;
      if (width < narrowest) break;
      const left = (at(boxes.x, box) - start) * scale;
      shown.push({ box, depth: at(boxes.depth, box), left, width });
      open.push(box);
    }
  }
  return shown;
}
