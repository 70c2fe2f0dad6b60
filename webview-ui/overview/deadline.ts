import { headroomWords } from "../../src/core/deadlines/headroomWords.ts";
import { formatCount, formatDuration, formatShare, plural } from "../../src/core/format.ts";
import type { Deadline, Run } from "../../src/core/run/run.ts";
import { listed } from "../../src/core/variants/soundSummary.ts";
import { drawHistogram } from "../charts/histogram.ts";
import { add } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { addIcon } from "../parts/icon.ts";
import { drawBlockSizes } from "./blockSizes.ts";
import type { View } from "../view.ts";

function whyNone({ stages, state, findings }: Run): string {
  if (findings.some(({ kind }) => kind === "measured-beside-others"))
    return "Other recordings were profiled at the same time: no worker was alone on the machine.";
  // A file stage has no blocks, so its waiting takes no deadline from them.
  const waiting = stages.filter(({ asynchronous, scope }) => asynchronous && scope !== "file");
  if (waiting.length > 0) {
    const names = listed(waiting.map(({ name }) => name));
    return `${names} ${waiting.length === 1 ? "waits" : "wait"} for promises, and a block that waits has no deadline to keep.`;
  }
  return state === "cancelled"
    ? "The run was cancelled before its blocks were timed."
    : "Deadlines need blocks, and a pipeline of file stages has none.";
}

/** Whether every block was done in the time it lasts, in words and as a histogram. */
export function drawDeadline(host: Part, view: View): void {
  const section = add(host, "section", "deadline").attr("aria-label", "Deadline");
  const { deadline } = view.run.totals;
  const verdict = add(section, "h2", "verdict with-icon");
  if (!deadline || deadline.blocks === 0) {
    addIcon(verdict, "information");
    add(verdict, "span", "", "No deadline was measured");
    add(section, "p", "quiet", whyNone(view.run));
    return;
  }
  const kept = deadline.overruns === 0;
  addIcon(verdict, kept ? "good" : "error");
  add(verdict, "span", "", kept ? "Budget kept" : "Budget not kept");
  const words = add(section, "p", "quiet");
  if (kept) keptWords(words, deadline);
  else lateWords(words, deadline);
  const headroom = headroomWords(view.run);
  if (headroom !== null) words.append("span").text(` ${headroom}`);
  const chart = add(section, "div", "chart");
  drawHistogram(chart, view.until, {
    histogram: deadline.histogram,
    block: deadline.block,
    budgetMs: deadline.budgetMs,
    late: deadline.overruns,
    title: "Time per block",
  });
  drawBlockSizes(section, view);
}

function keptWords(words: Part, deadline: Deadline): void {
  words.append("span").text("All ");
  add(words, "span", "plain", plural(deadline.blocks, "block"));
  words
    .append("span")
    .text(
      ` took less than the ${formatDuration(deadline.budgetMs)} they last. The slowest took ${formatDuration(deadline.block.max)}.`,
    );
}

function lateWords(words: Part, deadline: Deadline): void {
  add(words, "span", "plain", `${formatCount(deadline.overruns)} of ${plural(deadline.blocks, "block")}`);
  words
    .append("span")
    .text(
      ` (${formatShare(deadline.overruns / deadline.blocks)}) took longer than the ${formatDuration(deadline.budgetMs)} they last.`,
    );
}
