import { formatCount, formatDuration, formatPosition, plural } from "../../format.ts";
import type { BlockSizeFigures } from "../../run/measured/blockSizes.ts";
import type { SlowBlocks } from "../../run/measured/slowBlocks.ts";
import type { Run } from "../../run/run.ts";
import { framesToSeconds } from "../../units.ts";
import { placeWords } from "../parts/runWords.ts";
import { section, tableOf, type ReportSection } from "./report.ts";

const EPISODES = 10;

/** Blocks that are slow, and what blocks of other sizes take. */
export const blockSections = (run: Run): ReportSection[] => [...slowSection(run), ...sizeSection(run)];

function slowSection(run: Run): ReportSection[] {
  const { slowBlocks } = run;
  if (slowBlocks === null) return [];
  const rows = slowBlocks.episodes
    .toSorted((a, b) => b.excessMs - a.excessMs)
    .slice(0, EPISODES)
    .map((episode) => [
      formatPosition(episode.time),
      formatCount(episode.blocks),
      episode.cause,
      formatDuration(episode.longestMs),
      formatDuration(episode.excessMs),
      placeWords(episode, run),
      episode.evidence,
    ]);
  return section("Slow blocks", {
    notes: slowNotes(slowBlocks),
    table: tableOf(["at", "blocks>", "cause", "longest>", "lost>", "where", "what says so"], rows),
  });
}

function slowNotes({ count, usualMs, thresholdMs, byCause }: SlowBlocks): string[] {
  const usual = `a block takes ${formatDuration(usualMs)} as a rule, and one above ${formatDuration(thresholdMs)} counts as slow`;
  if (count === 0) return [`None: ${usual}.`];
  const causes = byCause.map((each) => `${formatCount(each.count)} ${each.cause}`);
  return [`${plural(count, "slow block")}: ${usual}. By cause: ${causes.join(", ")}.`];
}

const ORIGINS: Readonly<Record<BlockSizeFigures["origin"], string>> = {
  measured: "measured",
  joined: "measured blocks joined",
  split: "measured blocks split",
};

function sizeSection({ blockSizes, audio }: Run): ReportSection[] {
  const rows = blockSizes.map((each) => [
    formatCount(each.blockFrames),
    formatDuration(framesToSeconds(each.blockFrames, audio.sampleRate) * 1000),
    formatDuration(each.p50),
    formatDuration(each.p99),
    formatDuration(each.p999),
    formatDuration(each.max),
    ORIGINS[each.origin],
  ]);
  return section("Block sizes", {
    table: tableOf(["frames>", "lasts>", "median>", "p99>", "p99.9>", "max>", "from"], rows),
  });
}
