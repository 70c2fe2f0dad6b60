import type { Share } from "../units.ts";
import { at } from "./boxes.ts";
import type { FlameBoxes } from "./boxes.ts";

export interface Found {
  /** 1 where the box's words hold the text. */
  readonly marks: Uint8Array;
  readonly count: number;
  /** Of the whole run; a found box inside another found box isn't counted twice. */
  readonly share: Share;
}

/** Case doesn't matter; an empty text finds nothing. `words` are what can be found of a box. */
export function searchFlame(boxes: FlameBoxes, words: (box: number) => string, text: string): Found {
  const marks = new Uint8Array(boxes.count);
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return { marks, count: 0, share: 0 };
  const covered = new Uint8Array(boxes.count);
  let count = 0;
  let share = 0;
  for (let box = 0; box < boxes.count; box++) {
    const parent = boxes.parent[box] ?? -1;
    const inside = parent >= 0 && at(covered, parent) === 1;
    const hit = words(box).toLowerCase().includes(wanted);
    if (hit) {
      marks[box] = 1;
      count += 1;
      if (!inside) share += at(boxes.width, box);
    }
    covered[box] = inside || hit ? 1 : 0;
  }
  return { marks, count, share };
}
