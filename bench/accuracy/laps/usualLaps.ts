import type { Milliseconds, Share } from "../../../src/core/units.ts";
import { median } from "../../report/figure.ts";

/** The lap that collections make, outside of those that they interrupt: V8 knows no line for them. */
export const COLLECTIONS = "collections";

/** One stretch of work, timed by clocks around it. */
export interface Lap {
  readonly lap: string;
  readonly began: Milliseconds;
  readonly ended: Milliseconds;
}

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
  const usual: Record<string, Milliseconds> = { [COLLECTIONS]: collectedMs / counted.length };
  for (const [lap, all] of times) usual[lap] = median(all);
  return usual;
}

const pausedBetween = (pauses: readonly Pause[], began: Milliseconds, ended: Milliseconds): Milliseconds =>
  pauses.reduce((sum, { at, ms }) => (at >= began && at < ended ? sum + ms : sum), 0);
