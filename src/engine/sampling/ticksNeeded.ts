import type { TickTree } from "../worker/lane/laneProtocol.ts";
import { ticksOf } from "./tickTreeBuilder.ts";

/** The hottest line's share is to be known to one point. */
const HALF_WIDTH = 0.01;
const Z_95 = 1.96;

/** How many ticks bring the hottest line's 95 % interval below one point: n = z² p (1 − p) / e² (a binomial share). */
export function ticksNeeded(tree: TickTree): number {
  const all = ticksOf(tree);
  const byLine = new Map<number, number>();
  for (const [, line, ticks] of tree.ticks) byLine.set(line, (byLine.get(line) ?? 0) + ticks);
  const hottest = Math.max(0, ...byLine.values()) / (all || 1);
  // At least as many as a line of 10 % needs, so that a first look can't end it by luck.
  const p = Math.min(0.9, Math.max(0.1, hottest));
  return (Z_95 ** 2 * p * (1 - p)) / HALF_WIDTH ** 2;
}
