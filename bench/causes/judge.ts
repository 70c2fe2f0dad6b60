import type { SlowBlockCause } from "../../src/core/run/measured/slowBlocks.ts";
import type { Milliseconds } from "../../src/core/units.ts";
import { median } from "../report/figure.ts";
import type { Page } from "./planted/diary.ts";
import type { PlantedRun } from "./plantedRun.ts";

/** So much longer than half of all: surely slow. */
const SLOW = 1.5;
/** Of the time above the usual: what took more is a cause, what took less isn't the only one. */
const CAUSES = 0.6;
const MAY_CAUSE = 0.4;
/** The benchmark's clock stands within the profiler's, and sees a little less. */
const NEARLY = 0.95;

/** One block of which something is owed or was said. */
export interface Judged {
  readonly block: number;
  /** Causes of which one must be named; none: nothing is owed. */
  readonly owed: readonly string[];
  /** What may be named besides. */
  readonly also: readonly string[];
  /** Null where the profiler doesn't count it as slow. */
  readonly named: SlowBlockCause | null;
  readonly page: Page;
}

/** The truth of each block beside its name. */
export function judged({ slowBlocks, pages }: PlantedRun): Judged[] {
  const usualMs = median(pages.map(({ ms }) => ms));
  return pages.flatMap((page, block) => {
    const named = nameOf(block, page, slowBlocks);
    const { owed, also } = truthOf(page, usualMs, slowBlocks.thresholdMs);
    return owed.length === 0 && named === null ? [] : [{ block, owed, also, named, page }];
  });
}

function nameOf(
  block: number,
  { ms }: Page,
  { episodes, thresholdMs }: PlantedRun["slowBlocks"],
): SlowBlockCause | null {
  // Between slow blocks an episode may hold ordinary ones.
  if (ms < NEARLY * thresholdMs) return null;
  const [first] = episodes.filter(
    ({ firstBlock, time, frames }) => block >= firstBlock && block < firstBlock + framesToBlocks(time, frames, firstBlock),
  );
  return first?.cause ?? null;
}

/** An episode that begins at the recording's beginning tells no length of blocks by itself. */
const framesToBlocks = (_time: number, frames: number, _first: number): number => frames / 256;

function truthOf(
  { ms, waitedMs, collectedMs, truths }: Page,
  usualMs: Milliseconds,
  thresholdMs: Milliseconds,
): { owed: readonly string[]; also: readonly string[] } {
  const excess = ms - usualMs;
  const share = (took: Milliseconds): number => (excess > 0 ? took / excess : 0);
  const others = [
    ["collection", share(collectedMs)],
    ["another process", share(waitedMs)],
  ] as const;
  const isSlow = ms > SLOW * usualMs && ms > thresholdMs;
  const alone = others.reduce((all, [, part]) => all + part, 0) <= MAY_CAUSE;
  const owed = others.filter(([, part]) => part >= CAUSES).map(([cause]) => cause);
  return {
    owed: !isSlow ? [] : owed.length > 0 ? owed : alone ? truths : [],
    also: [...truths, ...others.filter(([, part]) => part >= MAY_CAUSE).map(([cause]) => cause)],
  };
}
