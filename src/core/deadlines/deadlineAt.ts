import type { BlockSizeFigures } from "../run/measured/blockSizes.ts";
import type { Histogram } from "../run/measured/times.ts";
import type { Frames, Hertz, Load, Milliseconds } from "../units.ts";

/** Whether blocks of a size, at a sample rate, are done before the next one comes. */
export interface DeadlineAt {
  readonly blockFrames: Frames;
  readonly sampleRate: Hertz;
  /** How long a block lasts. */
  readonly budgetMs: Milliseconds;
  /** From blocks of this very size at this very rate; otherwise estimated. */
  readonly isMeasured: boolean;
  readonly blocks: number;
  readonly averageLoad: Load;
  readonly peakLoad: Load;
  readonly p50: Milliseconds;
  readonly p99: Milliseconds;
  readonly p999: Milliseconds;
  readonly worst: Milliseconds;
  readonly overruns: number;
  /** How many times slower a CPU could be and still be in time with every block; below 1 this one isn't. */
  readonly headroom: number;
}

/** The sizes and rates that are in use, for tables. */
export const BLOCK_SIZES: readonly Frames[] = [64, 128, 256, 512, 1024, 2048, 4096];
export const SAMPLE_RATES: readonly Hertz[] = [44_100, 48_000, 88_200, 96_000, 176_400, 192_000];

/**
 * A block's work is taken to depend on its frames alone, so that another rate only changes how long it may take. A size
 * between those that are known takes in proportion to the nearest of them.
 *
 * @param measuredRate of the recording that the sizes were measured with
 * @returns null where no size is known
 */
export function deadlineAt(
  sizes: readonly BlockSizeFigures[],
  measuredRate: Hertz,
  blockFrames: Frames,
  sampleRate: Hertz,
): DeadlineAt | null {
  const nearest = nearestTo(sizes, blockFrames);
  if (!nearest) return null;
  const scale = blockFrames / nearest.blockFrames;
  const budgetMs = (blockFrames / sampleRate) * 1000;
  const worst = nearest.max * scale;
  return {
    blockFrames,
    sampleRate,
    budgetMs,
    isMeasured: nearest.origin === "measured" && scale === 1 && sampleRate === measuredRate,
    blocks: nearest.blocks,
    averageLoad: (nearest.totalMs * scale) / Math.max(1, nearest.blocks) / budgetMs,
    peakLoad: worst / budgetMs,
    p50: nearest.p50 * scale,
    p99: nearest.p99 * scale,
    p999: nearest.p999 * scale,
    worst,
    overruns: worst <= budgetMs ? 0 : countAbove(nearest.histogram, budgetMs / scale),
    headroom: worst > 0 ? budgetMs / worst : Infinity,
  };
}

/** The smallest of the sizes in use in which no block was late; null where all have late ones. */
export function smallestSafeBlock(
  sizes: readonly BlockSizeFigures[],
  measuredRate: Hertz,
  sampleRate: Hertz,
): DeadlineAt | null {
  const deadlines = BLOCK_SIZES.map((frames) => deadlineAt(sizes, measuredRate, frames, sampleRate));
  const lastLate = deadlines.findLastIndex((one) => one !== null && one.overruns > 0);
  // One that is in time by luck below one that isn't is no help.
  return deadlines[lastLate + 1] ?? null;
}

function nearestTo(sizes: readonly BlockSizeFigures[], frames: Frames): BlockSizeFigures | undefined {
  const distance = (size: BlockSizeFigures): number => Math.abs(Math.log2(size.blockFrames / frames));
  return sizes.toSorted((a, b) => distance(a) - distance(b))[0];
}

/** At least one: whoever asks knows that the longest is above it. */
function countAbove({ edgesMs, counts }: Histogram, limit: Milliseconds): number {
  let above = 0;
  counts.forEach((count, bin) => {
    const [from, to] = [edgesMs[bin] ?? 0, edgesMs[bin + 1] ?? 0];
    const part = to <= from ? Number(from > limit) : (to - limit) / (to - from);
    above += count * Math.min(1, Math.max(0, part));
  });
  return Math.max(1, Math.round(above));
}
