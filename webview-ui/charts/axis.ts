import type { ScaleContinuousNumeric } from "d3-scale";

const UNITS = [
  { ms: 3_600_000, name: "h" },
  { ms: 60_000, name: "min" },
  { ms: 1000, name: "s" },
  { ms: 1, name: "ms" },
  { ms: 0.001, name: "µs" },
] as const;

export interface Tick {
  readonly x: number;
  readonly text: string;
}

/** Round times along a scale in milliseconds, all in one unit: `0`, `2 s`, `4 s`. */
export function timeTicks(scale: ScaleContinuousNumeric<number, number>, count: number): Tick[] {
  const longest = Math.max(...scale.domain());
  const unit = UNITS.find((each) => longest >= each.ms * (each.ms > 1000 ? 3 : 1)) ?? UNITS[4];
  const inUnit = scale.copy().domain(scale.domain().map((ms) => ms / unit.ms));
  const name = inUnit.tickFormat(count);
  return inUnit
    .ticks(count)
    .map((value) => ({ x: inUnit(value), text: value === 0 ? "0" : `${name(value)}\u202f${unit.name}` }));
}
