import type { SlowBlockCause } from "../../src/core/run/measured/slowBlocks.ts";
import type { Milliseconds } from "../../src/core/units.ts";
import { median } from "../report/figure.ts";
import type { Page } from "./planted/diary.ts";
import type { PlantedRun } from "./plantedRun.ts";
import { BLOCK_FRAMES } from "./scenarios.ts";

/** So much longer than half of all: surely slow. */
const SLOW = 1.5;
/** Of the time above the usual: what took more is a cause, what took less isn't the only one. */
const CAUSES = 0.6;
const MAY_CAUSE = 0.4;
const NO_PAGE: Page = { ms: 0, waitedMs: 0, collectedMs: 0, truths: [], isCompiled: false, writingMs: 0 };
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
  const usualWritingMs = median(pages.map(({ writingMs }) => writingMs));
  return pages.flatMap((page, block) => {
    // Something came upon the diary itself, which can't see that.
    if (page.writingMs > MAY_CAUSE * (page.ms - usualMs) + usualWritingMs) return [];
    const named = nameOf(block, page, slowBlocks);
    const { owed, also } = truthOf(pages, block, usualMs, slowBlocks.thresholdMs);
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
  const episode = episodes.find(
    ({ firstBlock, frames }) => block >= firstBlock && block < firstBlock + frames / BLOCK_FRAMES,
  );
  return episode?.cause ?? null;
}

function truthOf(
  pages: readonly Page[],
  block: number,
  usualMs: Milliseconds,
  thresholdMs: Milliseconds,
): { owed: readonly string[]; also: readonly string[] } {
  const { ms, waitedMs, collectedMs, truths, isCompiled, writingMs } = pages[block] ?? NO_PAGE;
  // The profiler's clock stands around the diary's, so it may have seen what fell between two pages.
  const { collectedMs: after } = pages[block + 1] ?? NO_PAGE;
  const excess = ms - usualMs;
  const share = (took: Milliseconds): number => (excess > 0 ? took / excess : 0);
  const seen = [
    { cause: "collection", share: share(Math.min(collectedMs, ms)), most: share(collectedMs + after) },
    { cause: "another process", share: share(waitedMs), most: share(waitedMs) },
  ];
  const isSlow = ms > SLOW * usualMs && ms > thresholdMs;
  const large = seen.filter((one) => one.share >= CAUSES);
  const isPlain = seen.every((one) => one.most <= MAY_CAUSE);
  return {
    owed: !isSlow ? [] : large.length > 0 ? large.map(({ cause }) => cause) : isPlain ? truths : [],
    also: [
      ...truths,
      ...seen.filter(({ most }) => most >= MAY_CAUSE).map(({ cause }) => cause),
      ...(isCompiled || pages[block - 1]?.isCompiled ? ["first calls"] : []),
    ],
  };
}
