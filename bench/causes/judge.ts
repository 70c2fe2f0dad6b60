import type { SlowBlockCause } from "../../src/core/run/measured/slowBlocks.ts";
import type { Milliseconds } from "../../src/core/units.ts";
import { median } from "../report/figure.ts";
import type { Page } from "./planted/diary.ts";
import type { PlantedRun } from "./plantedRun.ts";
import { BLOCK_FRAMES } from "./scenarios.ts";

/** So much longer than half of all: surely slow. */
const SLOW = 1.5;
/** What took so much of the time above the usual is the cause; what took less than the other isn't. */
const CAUSES = 0.6;
const MAY_CAUSE = 0.4;
/** The diary's clock stands within the profiler's, and sees a little less. */
const NEARLY = 0.95;

/** One block of which something is owed or was said. */
export interface Judged {
  /** Causes of which one must be named; none: nothing is owed. */
  readonly owed: readonly string[];
  /** Causes that may be named. */
  readonly right: readonly string[];
  /** Null where the profiler doesn't count it as slow. */
  readonly named: SlowBlockCause | null;
}

/** The truth of each block beside its name. */
export function judged({ slowBlocks, pages }: PlantedRun): Judged[] {
  const usual = {
    ms: median(pages.map(({ ms }) => ms)),
    writingMs: median(pages.map(({ writingMs }) => writingMs)),
  };
  return pages.flatMap((page, block) => {
    const excess = page.ms - usual.ms;
    // Something came upon the diary itself, which can't see that.
    if (page.writingMs - usual.writingMs > MAY_CAUSE * excess) return [];
    const isSlow = page.ms > SLOW * usual.ms && page.ms > slowBlocks.thresholdMs;
    const named = nameOf(block, page, slowBlocks);
    const { owed, right } = truthOf(pages, block, excess);
    return !isSlow && named === null ? [] : [{ owed: isSlow ? owed : [], right, named }];
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
  excess: Milliseconds,
): Pick<Judged, "owed" | "right"> {
  const [before, page, after] = [pages[block - 1], pages[block], pages[block + 1]];
  if (!page || excess <= 0) return { owed: [], right: [] };
  const { ms, truths, waitedMs, collectedMs } = page;
  // What falls between two pages is written on the later one.
  const collected = collectedMs + (after?.collectedMs ?? 0);
  const isCompiled = page.isCompiled || before?.isCompiled === true;
  const large = [
    ...(Math.min(collectedMs, ms) >= CAUSES * excess ? ["collection"] : []),
    ...(waitedMs >= CAUSES * excess ? ["another process"] : []),
  ];
  const isPlain = collected === 0 && waitedMs <= MAY_CAUSE * excess;
  return {
    owed: large.length > 0 ? large : isPlain ? truths : [],
    right: [
      ...truths,
      ...(collected > 0 ? ["collection"] : []),
      ...(waitedMs >= MAY_CAUSE * excess ? ["another process"] : []),
      ...(isCompiled ? ["first calls"] : []),
    ],
  };
}
