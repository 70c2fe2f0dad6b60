import { isFields } from "../../../run/check.ts";
import { lineOr0, textOr, type Fields } from "../fields.ts";

/** Where a transpiled function was written. */
export interface MappedPlace {
  readonly path: string;
  readonly line: number;
}

export interface MappedPlaces {
  /** Null where the file says nothing of it. */
  functionOf(node: Fields): MappedPlace | null;
  /** The line of an entry of `positionTicks`; 0 where it isn't known in the function's own file. */
  lineOf(node: Fields, tick: Fields): number;
}

/** Visual Studio Code's debugger adds to a profile where its source maps lead, by number, with lines from 1. */
export function sourcesOf(profile: Fields): MappedPlaces {
  const added = profile["$vscode"];
  const locations =
    isFields(added) && Array.isArray(added["locations"]) ? (added["locations"] as unknown[]) : [];
  const placeAt = (id: unknown): MappedPlace | null => {
    const location = typeof id === "number" ? locations[id] : undefined;
    const known: unknown = isFields(location) ? location["locations"] : undefined;
    const first: unknown = Array.isArray(known) ? known[0] : undefined;
    if (!isFields(first) || !isFields(first["source"])) return null;
    const path = textOr(first["source"]["path"], "");
    const line = lineOr0(first["lineNumber"]);
    return path === "" || line === 0 ? null : { path, line };
  };
  const functionOf = (node: Fields): MappedPlace | null => placeAt(node["locationId"]);
  return {
    functionOf,
    lineOf: (node, tick) => {
      const own = functionOf(node);
      if (!own) return lineOr0(tick["line"]);
      const place = placeAt(tick["startLocationId"]);
      return place?.path === own.path ? place.line : 0;
    },
  };
}
