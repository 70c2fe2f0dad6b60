import type { Milliseconds, Share } from "../../src/core/units.ts";
import { median } from "../report/figure.ts";
import { COLLECTIONS, type Lap } from "./shape.ts";

/** In which V8 collected garbage. */
export interface Pause {
  readonly at: Milliseconds;
  readonly ms: Milliseconds;
}

/** Of the blocks, at the beginning: V8 still compiles. */
const WARM_UP: Share = 0.25;

/**
 * What each lap takes in a block, without the collections in it, which are counted by themselves: the median, because a
 * block in which another process had the core says nothing about the code. Collections don't come in every block.
 *
 * @param pauses in order of time
 */
export function usualLaps(
  blocks: readonly (readonly Lap[])[],
  pauses: readonly Pause[],
): Record<string, Milliseconds> {
  const times = new Map<string, Milliseconds[]>();
  let collectedMs = 0;
  const counted = blocks.slice(Math.floor(blocks.length * WARM_UP));
  for (const laps of counted) {
    const ofBlock = new Map<string, Milliseconds>();
    for (const { lap, began, ended } of laps) {
      const pausedMs = pausedBetween(pauses, began, ended);
      collectedMs += pausedMs;
      ofBlock.set(lap, (ofBlock.get(lap) ?? 0) + ended - began - pausedMs);
    }
    for (const [lap, ms] of ofBlock) times.set(lap, [...(times.get(lap) ?? []), ms]);
  }
  const usual = [...times].map(([lap, all]) => [lap, median(all)]);
  return { ...Object.fromEntries(usual), [COLLECTIONS]: collectedMs / counted.length };
}

const pausedBetween = (pauses: readonly Pause[], began: Milliseconds, ended: Milliseconds): Milliseconds =>
  pauses.reduce((sum, { at, ms }) => (at >= began && at < ended ? sum + ms : sum), 0);
