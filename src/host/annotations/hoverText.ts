import { formatDuration, formatLoad, formatShare, plural } from "../../core/format.ts";
import type { HotLine } from "../../core/hotLines.ts";
import type { Run, StageFigures } from "../../core/run.ts";
import type { Base1Line } from "../../core/units.ts";
import { runtimeInWords, timeInWords } from "../runs/runText.ts";
import { COMMANDS } from "../ids.ts";
import { blockPicture } from "./blockPicture.ts";
import { svgAddress, type ThemeName } from "./heat.ts";

export interface HoverSubject {
  readonly run: Run;
  readonly hot: HotLine;
  /** Where the line is now. */
  readonly line: Base1Line;
  readonly fresh: boolean;
  readonly theme: ThemeName;
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

/** Markdown, without HTML. */
export function hoverOf(subject: HoverSubject): string {
  const { run, hot } = subject;
  const stages = hot.stages.flatMap((name) => run.stages.filter((stage) => stage.name === name));
  return [
    headOf(subject),
    ...stages.map((stage) => stageOf(run, stage, subject.theme)),
    certaintyOf(run, hot),
    linksOf(hot),
  ].join("\n\n---\n\n");
}

function headOf({ hot, line, fresh }: HoverSubject): string {
  const cost = `**${formatShare(hot.share)}** of the run, ${formatDuration(hot.selfMs)}, ${formatLoad(hot.load)} load`;
  const where = `${hot.stages.map(plain).join(", ")}, line ${line}. ${reachOf(hot)}`;
  const edited = "_This line was edited since: the figures are those of the line as it was measured._";
  return [cost, where, ...(fresh ? [] : [edited])].join(BREAK);
}

function reachOf({ selfMs, totalMs }: HotLine): string {
  const [self, total] = [formatDuration(selfMs), formatDuration(totalMs)];
  if (self === total) return `Self and total ${self}: it calls nothing else that was measured.`;
  return `Self ${self}, total ${total} with everything that it calls.`;
}

function stageOf(run: Run, stage: StageFigures, theme: ThemeName): string {
  const budget = run.totals.deadline?.budgetMs ?? null;
  const { p50, p99, max } = stage.block;
  const title = `Time per block of ${plain(stage.name)}, ${plural(stage.calls, "call")}`;
  const times = `median ${formatDuration(p50)}, p99 ${formatDuration(p99)}, longest ${formatDuration(max)}`;
  if (budget === null) return `${title}: ${times}`;
  const picture = blockPicture(stage.histogram, budget, theme);
  return [
    `${title}, against the budget of ${formatDuration(budget)}`,
    ...(picture ? [`![${title}: ${times}](${svgAddress(picture)})`] : []),
    `${times}; p99 uses ${formatShare(p99 / budget)} of the budget`,
  ].join(BREAK);
}

function certaintyOf(run: Run, hot: HotLine): string {
  const rows = [
    ["Certainty", `± ${(hot.error * 100).toFixed(1)} points (95 %), ${plural(hot.ticks, "tick")}`],
    ["Run", `${timeInWords(run)}, ${runtimeInWords(run)}`],
  ];
  return ["| | |", "|:--|:--|", ...rows.map(([name, value]) => `| ${name ?? ""} | ${value ?? ""} |`)].join(
    "\n",
  );
}

function linksOf(hot: HotLine): string {
  const [stage] = hot.stages;
  const flame = { stage, file: hot.file, line: hot.line };
  return [
    `[Flame graph here](${commandAddress(COMMANDS.showFlameGraphOfStage, flame)})`,
    `[Previous hot line](${commandAddress(COMMANDS.previousHotLine)})`,
    `[Next hot line](${commandAddress(COMMANDS.nextHotLine)})`,
  ].join("   ·   ");
}

const commandAddress = (command: string, argument?: unknown): string =>
  argument === undefined
    ? `command:${command}`
    : `command:${command}?${encodeURIComponent(JSON.stringify([argument]))}`;

/** A name that a person gave, without meaning in Markdown. */
export const plain = (text: string): string => text.replace(/[\\`*_{}[\]()#+.!|<>~&-]/g, "\\$&");
