import type { Histogram, Percentiles } from "../../src/core/run/measured/times.ts";

/** Neighbouring blocks that took this long instead of the ordinary time. */
export interface SlowBlocks {
  readonly first: number;
  readonly count: number;
  readonly ms: number;
}

/** Time per block, in ms, whose sum is `totalMs`: ordinary blocks differ by some percent, in the same way every time. */
export function drawBlocks(count: number, totalMs: number, slow: readonly SlowBlocks[]): Float64Array {
  const blocks = Float64Array.from({ length: count }, (_, block) => 1 + 0.06 * Math.sin(block * 0.37));
  const isSlow = new Uint8Array(count);
  for (const { first, count: many, ms } of slow) {
    blocks.fill(ms, first, first + many);
    isSlow.fill(1, first, first + many);
  }
  const slowMs = blocks.reduce((sum, ms, block) => (isSlow[block] ? sum + ms : sum), 0);
  const ordinary = blocks.reduce((sum, ms, block) => (isSlow[block] ? sum : sum + ms), 0);
  const scale = (totalMs - slowMs) / ordinary;
  return blocks.map((ms, block) => (isSlow[block] ? ms : ms * scale));
}

/** Nearest rank. */
export function percentilesOf(blocks: Float64Array): Percentiles {
  const sorted = blocks.toSorted();
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)]!;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

export function histogramOf(blocks: Float64Array, bins = 60): Histogram {
  const max = Math.max(...blocks);
  const counts = new Array<number>(bins).fill(0);
  for (const ms of blocks) counts[Math.min(bins - 1, Math.floor((ms / max) * bins))]! += 1;
  return { edgesMs: Array.from({ length: bins + 1 }, (_, edge) => (edge / bins) * max), counts };
}
