import { formatCount, formatDuration, formatPosition, plural } from "../../../format.ts";
import type { SlowBlockCause, SlowBlocks, SlowEpisode } from "../../../run/measured/slowBlocks.ts";
import type { Run } from "../../../run/run.ts";
import { sourceCell } from "../../parts/runWords.ts";
import type { Cell } from "../../terminalText.ts";
import { section, tableOf, type ReportSection } from "../report.ts";

const EPISODES = 10;
const TITLES = ["longest>", "at>", "where", "what says so"] as const;

/** How many blocks are slow by which cause, with the longest of each and what says so. */
export function slowBlocksSection(run: Run): ReportSection[] {
  const { slowBlocks } = run;
  if (slowBlocks === null) return [];
  const rows = slowBlocks.byCause
    .toSorted((a, b) => b.count - a.count)
    .map(({ cause, count }): (string | Cell)[] => {
      const [worst] = slowBlocks.episodes
        .filter((episode) => episode.cause === cause)
        .toSorted((a, b) => b.longestMs - a.longestMs);
      return [cause, formatCount(count), ...(worst ? episodeCells(worst, run) : [])];
    });
  return section("Slow blocks", {
    notes: [countWords(slowBlocks)],
    table: tableOf(["cause", "blocks>", ...TITLES], rows),
  });
}

/** Where they are, where that is more than one place a cause. */
export function slowEpisodesSection(run: Run): ReportSection[] {
  const { slowBlocks } = run;
  if (slowBlocks === null || !hasMore(slowBlocks)) return [];
  const rows = costliest(slowBlocks)
    .slice(0, EPISODES)
    .map((episode) => [
      episode.cause,
      formatCount(episode.blocks),
      formatDuration(episode.excessMs),
      ...episodeCells(episode, run),
    ]);
  return section("Slow blocks that cost most", {
    table: tableOf(["cause", "blocks>", "lost>", ...TITLES], rows),
  });
}

const costliest = ({ episodes }: SlowBlocks): SlowEpisode[] =>
  episodes.toSorted((a, b) => b.excessMs - a.excessMs);

const hasMore = ({ episodes }: SlowBlocks): boolean =>
  new Set<SlowBlockCause>(episodes.map(({ cause }) => cause)).size < episodes.length;

const episodeCells = (episode: SlowEpisode, run: Run): (string | Cell)[] => [
  formatDuration(episode.longestMs),
  formatPosition(episode.time),
  sourceCell(episode, run),
  episode.evidence,
];

function countWords({ count, usualMs, thresholdMs }: SlowBlocks): string {
  const usual = `a block takes ${formatDuration(usualMs)} as a rule, and one above ${formatDuration(thresholdMs)} counts as slow`;
  return `${count === 0 ? "None" : plural(count, "slow block")}: ${usual}.`;
}
