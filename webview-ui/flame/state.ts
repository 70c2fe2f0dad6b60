import type { FlameBoxes } from "../../src/core/flame/boxes.ts";
import type { BoxMeaning } from "../../src/core/flame/describe.ts";
import { searchFlame } from "../../src/core/flame/search.ts";
import type { Found } from "../../src/core/flame/search.ts";
import { pathTo } from "../../src/core/flame/zoom.ts";
import type { PanelPlace } from "../../src/protocol/panel.ts";

/** What a person did to the flame graph. Every part draws from it, and hears of each change. */
export interface FlameState {
  readonly boxes: FlameBoxes;
  readonly meanings: readonly BoxMeaning[];
  readonly zoomed: () => number;
  readonly chosen: () => number;
  readonly query: () => string;
  readonly found: () => Found;
  choose(box: number): void;
  /** A box without anything below it is only chosen. */
  zoom(box: number): void;
  /** To where one was before the last zoom, else to the whole run. */
  back(): void;
  search(text: string): void;
  /** Also called at once. */
  onChange(changed: () => void): void;
}

export function flameState(
  boxes: FlameBoxes,
  meanings: readonly BoxMeaning[],
  place: PanelPlace,
): FlameState {
  const listeners: (() => void)[] = [];
  const before: number[] = [];
  let chosen = boxOf(boxes, meanings, place);
  let zoomed = chosen > 0 ? zoomable(chosen) : 0;
  let query = "";
  let found = searchFlame(boxes, words, query);

  function words(box: number): string {
    const meaning = meanings[box];
    return meaning ? `${meaning.name} ${meaning.place?.file ?? ""}` : "";
  }

  function zoomable(box: number): number {
    return boxes.childCount[box] === 0 ? (boxes.parent[box] ?? 0) : box;
  }

  function changed(): void {
    for (const each of listeners) each();
  }

  return {
    boxes,
    meanings,
    zoomed: () => zoomed,
    chosen: () => chosen,
    query: () => query,
    found: () => found,
    choose: (box) => {
      chosen = box;
      // The chosen box stays in sight.
      while (zoomed !== 0 && !pathTo(boxes, box).includes(zoomed) && !pathTo(boxes, zoomed).includes(box)) {
        zoomed = boxes.parent[zoomed] ?? 0;
      }
      changed();
    },
    zoom: (box) => {
      chosen = box;
      if (boxes.childCount[box] !== 0 && box !== zoomed) {
        before.push(zoomed);
        zoomed = box;
      }
      changed();
    },
    back: () => {
      zoomed = before.pop() ?? 0;
      if (!pathTo(boxes, chosen).includes(zoomed)) chosen = zoomed;
      changed();
    },
    search: (text) => {
      query = text;
      found = searchFlame(boxes, words, text);
      changed();
    },
    onChange: (each) => {
      listeners.push(each);
      each();
    },
  };
}

/** The widest box that the place means, else its stage's; the whole run where it means none. */
function boxOf(boxes: FlameBoxes, meanings: readonly BoxMeaning[], place: PanelPlace): number {
  const stage = meanings.findIndex((meaning) => meaning.kind === "stage" && meaning.name === place.stage);
  let best = Math.max(0, stage);
  let width = 0;
  meanings.forEach((meaning, box) => {
    const hit =
      meaning.kind !== "run" &&
      meaning.place?.file === place.file &&
      meaning.place?.line === place.line &&
      (stage < 0 || meaning.stage === meanings[stage]?.stage);
    if (place.file === undefined || !hit || (boxes.width[box] ?? 0) <= width) return;
    best = box;
    width = boxes.width[box] ?? 0;
  });
  return best;
}
