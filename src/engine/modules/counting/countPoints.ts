import { pathToFileURL } from "node:url";
import type { CountedFile } from "../../worker/lane/laneProtocol.ts";
import type { CountedCatch, CountedLoop, CountedPlace, CountedPlaces } from "./countedPlaces.ts";
import { ShiftedOffsets } from "./insertions.ts";
import type { LoadedSource } from "../sourceTable.ts";

/** What the count of a point tells. */
export type CountPoint = { readonly path: string } & (
  | { readonly kind: "function"; readonly function: number }
  | { readonly kind: "statement"; readonly place: CountedPlace }
  | { readonly kind: "loop" | "body"; readonly place: CountedLoop }
  | { readonly kind: "catch"; readonly place: CountedCatch }
);

export interface CountPoints {
  readonly files: readonly CountedFile[];
  /** In the order in which a lane counts them; a loop's body follows the loop. */
  readonly points: readonly CountPoint[];
}

/** All points of the sources, where they are in the texts that a counting lane loads. */
export function countPointsOf(sources: readonly LoadedSource[]): CountPoints {
  const points: CountPoint[] = [];
  const files = sources.map(({ path, shift, countedPlaces }): CountedFile => {
    const byFunction = placesByFunction(path, countedPlaces);
    const shifted = new ShiftedOffsets(countedPlaces.insertions, shift);
    const functions = countedPlaces.functions.map(({ from, start, end }, index) => {
      const inside = byFunction[index] ?? [];
      points.push({ path, kind: "function", function: index }, ...inside.map(({ point }) => point));
      const offsets = [start, ...inside.map(({ offset }) => offset)];
      return {
        from: shifted.ofStart(from),
        start: shifted.ofStart(start),
        end: shifted.ofEnd(end),
        points: offsets.map((offset) => shifted.ofStart(offset)),
      };
    });
    return { url: pathToFileURL(path).href, functions };
  });
  return { files, points };
}

interface OffsetPoint {
  readonly offset: number;
  readonly point: CountPoint;
}

function placesByFunction(path: string, places: CountedPlaces): OffsetPoint[][] {
  const byFunction = places.functions.map((): OffsetPoint[] => []);
  const add = (index: number, offset: number, point: CountPoint): void => {
    byFunction[index]?.push({ offset, point });
  };
  for (const place of places.statements)
    add(place.function, place.offset, { path, kind: "statement", place });
  for (const place of places.loops) {
    add(place.function, place.offset, { path, kind: "loop", place });
    add(place.function, place.body, { path, kind: "body", place });
  }
  for (const place of places.catches) add(place.function, place.offset, { path, kind: "catch", place });
  return byFunction;
}
