import { at } from "./boxes.ts";
import type { FlameBoxes } from "./boxes.ts";

export type Direction = "up" | "down" | "left" | "right" | "first" | "last";

/** The box next to `box` as the picture shows it: up to the caller, down to the widest callee; itself at an edge. */
export function neighbour(boxes: FlameBoxes, box: number, direction: Direction): number {
  const parent = boxes.parent[box] ?? -1;
  if (direction === "up") return parent < 0 ? box : parent;
  if (direction === "down") return at(boxes.childCount, box) > 0 ? at(boxes.firstChild, box) : box;
  if (parent < 0) return box;
  const first = at(boxes.firstChild, parent);
  const last = first + at(boxes.childCount, parent) - 1;
  if (direction === "first") return first;
  if (direction === "last") return last;
  const next = box + (direction === "left" ? -1 : 1);
  if (next >= first && next <= last) return next;
  return acrossGap(boxes, box, direction);
}

/** In the same row, under another caller: rows read as rows. */
function acrossGap(boxes: FlameBoxes, box: number, direction: "left" | "right"): number {
  const depth = at(boxes.depth, box);
  const x = at(boxes.x, box);
  let best = box;
  let distance = Infinity;
  for (let other = 0; other < boxes.count; other++) {
    if (other === box || at(boxes.depth, other) !== depth) continue;
    const apart = direction === "right" ? at(boxes.x, other) - x : x - at(boxes.x, other);
    if (apart > 0 && apart < distance) {
      distance = apart;
      best = other;
    }
  }
  return best;
}
