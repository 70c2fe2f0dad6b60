import { Durations } from "../../core/durations.ts";
import type { BlockSizeFigures } from "../../core/run/measured/blockSizes.ts";
import { histogramOf } from "../../core/statistics.ts";
import type { Frames } from "../../core/units.ts";
import { LARGEST_BLOCK, type BlockLog } from "./blockLog.ts";

const SMALLEST_BLOCK: Frames = 64;

/** A size that ran. */
export interface MeasuredSize {
  readonly blockFrames: Frames;
  readonly log: BlockLog;
}

/**
 * What blocks of other sizes take: larger ones as those that ran one after the other, smaller ones by taking those that ran
 * apart. Taken apart, each call's own cost is missed; the sizes that were measured don't miss it, so they replace the others.
 */
export function blockSizesOf(own: MeasuredSize, others: readonly MeasuredSize[]): BlockSizeFigures[] {
  const sizes = new Map<Frames, BlockSizeFigures>();
  for (const [many, times] of own.log.joined)
    if (times.count > 0)
      sizes.set(own.blockFrames * many, figuresOf(own.blockFrames * many, "joined", times));
  for (let many = 2; own.blockFrames % many === 0 && own.blockFrames / many >= SMALLEST_BLOCK; many *= 2)
    sizes.set(own.blockFrames / many, figuresOf(own.blockFrames / many, "split", splitBy(own.log.all, many)));
  for (const { blockFrames, log } of [own, ...others])
    if (log.all.count > 0) sizes.set(blockFrames, figuresOf(blockFrames, "measured", log.all));
  return [...sizes.values()]
    .filter(({ blockFrames, origin }) => origin === "measured" || blockFrames <= LARGEST_BLOCK)
    .sort((a, b) => a.blockFrames - b.blockFrames);
}

const figuresOf = (
  blockFrames: Frames,
  origin: BlockSizeFigures["origin"],
  times: Durations,
): BlockSizeFigures => ({
  blockFrames,
  origin,
  blocks: times.count,
  totalMs: times.sum,
  p50: times.percentile(0.5),
  p99: times.percentile(0.99),
  p999: times.percentile(0.999),
  max: times.most,
  histogram: histogramOf(times),
});

/** What a block takes usually is spread over its parts; what is above it comes in one of them: a collection can't be divided. */
function splitBy(times: Durations, many: number): Durations {
  const usual = times.percentile(0.5);
  const parts = new Durations();
  for (const [time, count] of times.counted()) {
    const part = Math.min(time, usual) / many;
    const excess = Math.max(0, time - usual);
    parts.add(part, count * (excess > 0 ? many - 1 : many));
    if (excess > 0) parts.add(part + excess, count);
  }
  return parts;
}
