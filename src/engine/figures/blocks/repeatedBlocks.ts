import type { Milliseconds } from "../../../core/units.ts";
import { blockAt } from "../pass/spansInTime.ts";
import type { JobResult } from "../../worker/lane/laneProtocol.ts";

/** What is known of the audio of a block. */
export interface BlockAudio {
  readonly peak: number;
  readonly rms: number;
  readonly clipped: number;
  readonly crossings: number;
}

interface Repeated extends BlockAudio {
  readonly again: Milliseconds;
  /** Each time. */
  readonly withNoise: Milliseconds[];
  readonly denormals: number;
}

/** What half of the blocks took. */
export interface RepeatedUsual {
  readonly again: Milliseconds;
  readonly withNoise: Milliseconds;
}

/**
 * A stretch of blocks that went through the stages again, looked at, and with faint noise, several times. What makes a
 * block slow by itself does so each time, so the quickest counts; what noise cures it cures most times, so the median does.
 */
export class RepeatedBlocks {
  readonly #blocks = new Map<number, Repeated>();
  #usual: BlockAudio | null = null;

  addInspected(firstBlock: number, result: JobResult): void {
    const { inspection } = result;
    if (!inspection) return;
    const { peak, rms, clipped, crossings, denormals } = inspection;
    this.#usual = null;
    undisturbed(result).forEach((ms, index) => {
      const before = this.#blocks.get(firstBlock + index);
      this.#blocks.set(firstBlock + index, {
        again: Math.min(ms, before?.again ?? Infinity),
        withNoise: before?.withNoise ?? [],
        peak: peak[index] ?? 0,
        rms: rms[index] ?? 0,
        clipped: clipped[index] ?? 0,
        crossings: crossings[index] ?? 0,
        denormals: denormals[index] ?? 0,
      });
    });
  }

  addNoisy(firstBlock: number, result: JobResult): void {
    undisturbed(result).forEach((ms, index) => {
      this.#blocks.get(firstBlock + index)?.withNoise.push(ms);
    });
  }

  again(block: number): Milliseconds | null {
    return this.#blocks.get(block)?.again ?? null;
  }

  withNoise(block: number): Milliseconds | null {
    const times = this.#blocks.get(block)?.withNoise ?? [];
    return times.length > 0 ? medianOf(times) : null;
  }

  /**
   * Of the blocks that weren't slow before. Code that V8 took back meanwhile makes all blocks slower, and noise other ones:
   * only what differs from the rest of the same pass lies in a block.
   */
  usualBut(slow: ReadonlySet<number>): RepeatedUsual | null {
    const others = [...this.#blocks].filter(([block]) => !slow.has(block)).map(([, repeated]) => repeated);
    if (others.length === 0) return null;
    const again = medianOf(others.map((one) => one.again));
    const withNoise = others.flatMap((one) => one.withNoise);
    return { again, withNoise: withNoise.length > 0 ? medianOf(withNoise) : again };
  }

  /** Samples that came out of the stage that put out most of them. */
  denormals(block: number): number {
    return this.#blocks.get(block)?.denormals ?? 0;
  }

  audio(block: number): BlockAudio | null {
    return this.#blocks.get(block) ?? null;
  }

  /** What half of all blocks that were repeated have at most, of each. */
  get usualAudio(): BlockAudio {
    const half = (of: (audio: BlockAudio) => number): number =>
      medianOf(Array.from(this.#blocks.values(), of));
    this.#usual ??= {
      peak: half(({ peak }) => peak),
      rms: half(({ rms }) => rms),
      clipped: half(({ clipped }) => clipped),
      crossings: half(({ crossings }) => crossings),
    };
    return this.#usual;
  }
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** What blocks took, without what they waited for a core and without collections. */
function undisturbed(result: JobResult): Milliseconds[] {
  const times = [...result.blockMs];
  const take = (block: number, ms: Milliseconds): void => {
    times[block] = Math.max(0, (times[block] ?? 0) - ms);
  };
  for (const { block, waitedMs } of result.looks) take(block, waitedMs);
  for (const { start, ms } of result.collections) {
    const block = blockAt(result, start);
    if (block !== null) take(block, ms);
  }
  return times;
}
