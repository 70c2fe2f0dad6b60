import type { Translate } from "../../client/translate.ts";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatError,
  formatLoad,
  formatPosition,
  formatSeconds,
  formatShare,
} from "../../core/format.ts";
import { ownerOf } from "../../core/lines/foldedTimes.ts";
import type { HotLine } from "../../core/lines/hotLines.ts";
import { lineAllocation, slowEpisodeAt } from "../../core/lines/lineBesides.ts";
import { lineCounts, type LineLoop } from "../../core/lines/lineCounts.ts";
import { formatCost, importedWords } from "../../core/run/cost.ts";
import type { Run, StageFigures } from "../../core/run/run.ts";
import { formatRunTime } from "../../core/run/runTime.ts";
import type { Base1Line } from "../../core/units.ts";
import { COMMANDS } from "../ids.ts";
import { runtimeInWords } from "../runs/runtimeText.ts";
import { blockPicture } from "./blockPicture.ts";
import { svgAddress, type ThemeName } from "./heat.ts";

export interface HoverSubject {
  readonly run: Run;
  readonly hot: HotLine;
  /** Where the line is now. */
  readonly line: Base1Line;
  readonly fresh: boolean;
  readonly theme: ThemeName;
  readonly now: Date;
}

/** Commands that the links of a hover may run. */
export const HOVER_COMMANDS: readonly string[] = [
  COMMANDS.showFlameGraphOfStage,
  COMMANDS.nextHotLine,
  COMMANDS.previousHotLine,
  COMMANDS.showPanel,
];

/** A line of its own without the space of a paragraph: a hover is low. */
const BREAK = "  \n";
const RULE = "\n\n---\n\n";

/** Markdown, without HTML. */
export function hoverOf(subject: HoverSubject, t: Translate): string {
  const { run, hot } = subject;
  const stages = hot.stages.flatMap((name) => run.stages.filter((stage) => stage.name === name));
  if (run.imported)
    return [headOf(subject, t), importedOf(subject, run.imported, t), linksOf(hot, t)].join(RULE);
  return [
    headOf(subject, t),
    ...stages.map((stage) => stageOf(run, stage, subject.theme, t)),
    factsOf(subject, t),
    linksOf(hot, t),
  ].join(RULE);
}

function headOf({ run, hot, line, fresh }: HoverSubject, t: Translate): string {
  const [share, self, load] = [formatShare(hot.share), formatCost(run, hot.selfMs), formatLoad(hot.load)];
  const where = t("{0}, line {1}.", hot.stages.map(plain).join(", "), line);
  return [
    run.imported
      ? t("**{0}** of the profile, {1}", share, self)
      : t("**{0}** of the run, {1}, {2} load", share, self, load),
    `${where} ${reachOf(run, hot, t)}`,
    ...(fresh
      ? []
      : [`_${t("This line was edited since: the figures are those of the line as it was measured.")}_`]),
  ].join(BREAK);
}

function reachOf(run: Run, { selfMs, totalMs }: HotLine, t: Translate): string {
  const [self, total] = [formatCost(run, selfMs), formatCost(run, totalMs)];
  // Another tool may not know what a line calls.
  if (run.imported && self === total) return t("Self {0}.", self);
  return self === total
    ? t("Self and total {0}: it calls nothing else that was measured.", self)
    : t("Self {0}, total {1} with everything that it calls.", self, total);
}

function stageOf(run: Run, stage: StageFigures, theme: ThemeName, t: Translate): string {
  const budget = run.totals.deadline?.budgetMs ?? null;
  const { p50, p99, max } = stage.block;
  const name = plain(stage.name);
  const title =
    stage.calls === 1
      ? t("Time per block of {0}, 1 call", name)
      : t("Time per block of {0}, {1} calls", name, formatCount(stage.calls));
  const [median, high, longest] = [formatDuration(p50), formatDuration(p99), formatDuration(max)];
  const times = t("median {0}, p99 {1}, longest {2}", median, high, longest);
  if (budget === null) return `${title}: ${times}`;
  const picture = blockPicture(stage.histogram, budget, theme);
  return [
    t("{0}, against the budget of {1}", title, formatDuration(budget)),
    ...(picture ? [`![${title}: ${times}](${svgAddress(picture)})`] : []),
    `${times}; ${t("p99 uses {0} of the budget", formatShare(p99 / budget))}`,
  ].join(BREAK);
}

function factsOf({ run, hot, now }: HoverSubject, t: Translate): string {
  const error = t("± {0} points (95 %)", formatError(hot.error));
  const ticks = hot.ticks === 1 ? t("1 profiler sample") : t("{0} profiler samples", formatCount(hot.ticks));
  const rows = [
    ["", ""],
    [":--", ":--"],
    ...countRows(run, hot, t),
    ...foldedRows(hot, t),
    ...allocationRows(run, hot, t),
    ...slowRows(run, hot, t),
    [t("Certainty"), `${error}, ${ticks}`],
    [t("Run"), `${formatRunTime(run.time, now)}, ${runtimeInWords(run.runtime, t)}`],
  ];
  return rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function importedOf(
  { run, hot, now }: HoverSubject,
  imported: NonNullable<Run["imported"]>,
  t: Translate,
): string {
  const opened = t("{0}, opened {1}", plain(imported.file), formatRunTime(run.time, now));
  const error = hot.error > 0 ? [t("± {0} points (95 %)", formatError(hot.error))] : [];
  return [`${opened} (${plain(importedWords(imported))})`, ...error].join(BREAK);
}

function countRows(run: Run, hot: HotLine, t: Translate): string[][] {
  const counts = lineCounts(run, hot.file, hot.line, hot.stages);
  if (!counts) return [];
  const { times, audioSeconds, loops } = counts;
  const often = times === 1 ? t("once") : t("{0} times", formatCount(times));
  const ran =
    audioSeconds === null
      ? t("{0} in one call", often)
      : t("{0} in {1} of audio", often, formatSeconds(audioSeconds));
  return [...(times > 0 ? [[t("Ran"), ran]] : []), ...loops.map((loop) => loopRow(loop, hot.line, t))];
}

function loopRow({ line, iterations, nsPerIteration }: LineLoop, at: Base1Line, t: Translate): string[] {
  const often = iterations === 1 ? t("1 iteration") : t("{0} iterations", formatCount(iterations));
  const each = nsPerIteration === null ? null : formatDuration(nsPerIteration / 1e6);
  const title = line === at ? t("Loop") : t("Loop around it");
  return [title, each === null ? often : t("{0}, {1} each with all that it calls", often, each)];
}

/** More would make the hover a list. */
const MOST_FOLDED = 4;

function foldedRows({ folded }: HotLine, t: Translate): string[][] {
  if (folded.length === 0) return [];
  const shown = folded.slice(0, MOST_FOLDED).map((one) => {
    const name = one.name === "" ? t("a nameless function") : plain(one.name);
    return `${name} (${plain(ownerOf(one))}) ${formatDuration(one.ms)}`;
  });
  const more = folded.length - shown.length;
  return [
    [t("In packages and Node"), more > 0 ? t("{0} and {1} more", shown.join(", "), more) : shown.join(", ")],
  ];
}

function allocationRows(run: Run, hot: HotLine, t: Translate): string[][] {
  const allocation = lineAllocation(run, hot);
  if (!allocation) return [];
  const { bytes, audioSeconds } = allocation;
  const words =
    audioSeconds === null
      ? formatBytes(bytes)
      : t(
          "{0} in {1} of audio, {2} a minute",
          formatBytes(bytes),
          formatSeconds(audioSeconds),
          formatBytes((bytes / audioSeconds) * 60),
        );
  return [[t("Its function allocates"), words]];
}

function slowRows(run: Run, hot: HotLine, t: Translate): string[][] {
  const episode = slowEpisodeAt(run, hot);
  if (!episode) return [];
  return [
    [
      t("Slow blocks"),
      t("{0}, at {1}: {2}", episode.cause, formatPosition(episode.time), plain(episode.evidence)),
    ],
  ];
}

function linksOf(hot: HotLine, t: Translate): string {
  const [stage] = hot.stages;
  const flame = { stage, file: hot.file, line: hot.line };
  return [
    `[${t("Flame graph here")}](${commandAddress(COMMANDS.showFlameGraphOfStage, flame)})`,
    `[${t("Previous hot line")}](${commandAddress(COMMANDS.previousHotLine)})`,
    `[${t("Next hot line")}](${commandAddress(COMMANDS.nextHotLine)})`,
  ].join("   ·   ");
}

const commandAddress = (command: string, argument?: unknown): string =>
  argument === undefined
    ? `command:${command}`
    : `command:${command}?${inBrackets(encodeURIComponent(JSON.stringify([argument])))}`;

/** A bracket in a name would end the link. */
const inBrackets = (address: string): string => address.replaceAll("(", "%28").replaceAll(")", "%29");

/** A name that a person gave, without meaning in Markdown. */
export const plain = (text: string): string => text.replace(/[\\`*_{}[\]()#+.!|<>~&-]/g, "\\$&");
