import { formatCount, formatDuration } from "../../format.ts";
import type { BlockSizeFigures } from "../../run/measured/blockSizes.ts";
import type { Run } from "../../run/run.ts";
import { framesToSeconds } from "../../units.ts";
import { slowBlocksSection, slowEpisodesSection } from "./besides/slowBlockSections.ts";
import { section, tableOf, type ReportSection } from "./report.ts";

/** Blocks that are slow, and what blocks of other sizes take. */
export const blockSections = (run: Run): ReportSection[] => [
  ...slowBlocksSection(run),
  ...slowEpisodesSection(run),
  ...sizeSection(run),
];

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
