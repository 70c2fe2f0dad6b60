import type { AutomationPoint } from "../../../library/worklet.ts";
import type { Seconds } from "../../../core/units.ts";

/** A value over time, by points. Before the first its value holds, after the last the last's. */
export class Automation {
  readonly #points: readonly AutomationPoint[];
  /** The first point after the time that was asked for last: times mostly come in order. */
  #next = 0;

  /** @param points at least one */
  constructor(points: readonly AutomationPoint[]) {
    this.#points = points.toSorted((a, b) => a.time - b.time);
  }

  at(time: Seconds): number {
    this.#moveTo(time);
    const from = this.#points[Math.max(0, this.#next - 1)];
    const to = this.#points[this.#next];
    if (!from) return NaN;
    if (!to || this.#next === 0) return from.value;
    return between(from, to, (time - from.time) / (to.time - from.time));
  }

  isConstant(start: Seconds, end: Seconds): boolean {
    this.#moveTo(start);
    const from = this.#points[this.#next - 1];
    const to = this.#points[this.#next];
    if (!to) return true;
    return to.time >= end && (!from || to.ramp === "none" || to.value === from.value);
  }

  #moveTo(time: Seconds): void {
    while ((this.#points[this.#next]?.time ?? Infinity) <= time) this.#next += 1;
    while ((this.#points[this.#next - 1]?.time ?? -Infinity) > time) this.#next -= 1;
  }
}

/** The formulas of the Web Audio API's AudioParam. @param part of the time from one point to the other, 0 to 1 */
function between(from: AutomationPoint, to: AutomationPoint, part: number): number {
  switch (to.ramp ?? "linear") {
    case "none":
      return from.value;
    case "linear":
      return from.value + (to.value - from.value) * part;
    case "exponential":
      // Between values of one sign only.
      return from.value * to.value > 0 ? from.value * (to.value / from.value) ** part : from.value;
  }
}
