import type { Imported } from "../../../run/measured/imported.ts";
import { ProfileProblem } from "../problem.ts";

export interface SpeedscopeUnit {
  readonly kind: Imported["unit"];
  /** Milliseconds in one, or 1. */
  readonly perUnit: number;
}

const UNITS: ReadonlyMap<unknown, SpeedscopeUnit> = new Map<unknown, SpeedscopeUnit>([
  ["nanoseconds", { kind: "time", perUnit: 1e-6 }],
  ["microseconds", { kind: "time", perUnit: 1e-3 }],
  ["milliseconds", { kind: "time", perUnit: 1 }],
  ["seconds", { kind: "time", perUnit: 1000 }],
  ["bytes", { kind: "bytes", perUnit: 1 }],
  ["none", { kind: "samples", perUnit: 1 }],
]);

export function unitOf(unit: unknown, path: string): SpeedscopeUnit {
  const known = UNITS.get(unit);
  if (!known) throw new ProfileProblem(`${path} is no unit of the format`);
  return known;
}
