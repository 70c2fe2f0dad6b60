import { at } from "../../src/core/flame/boxes.ts";
import { withoutSource, type BoxMeaning } from "../../src/core/flame/describe.ts";
import {
  formatCount,
  formatDuration,
  formatError,
  formatLoad,
  formatSeconds,
  formatShare,
  formatSpeed,
  plural,
} from "../../src/core/format.ts";
import { ownerOf } from "../../src/core/lines/foldedTimes.ts";
import { hotLines } from "../../src/core/lines/hotLines.ts";
import { lineCounts, type LineLoop } from "../../src/core/lines/lineCounts.ts";
import { measuredSeconds } from "../../src/core/run/measuredAudio.ts";
import { formatCost, partWord } from "../../src/core/run/cost.ts";
import type { LineFigures, Run, StageFigures } from "../../src/core/run/run.ts";
import type { Percentiles } from "../../src/core/run/measured/times.ts";
import type { Base1Line, Share } from "../../src/core/units.ts";
import { drawHistogram } from "../charts/histogram.ts";
import { add, addButton } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { addSourceLink } from "../parts/sourceLink.ts";
import type { View } from "../view.ts";
import type { FlameState } from "./state.ts";

/** All that is known of the chosen box. */
export function drawDetail(host: Part, view: View, state: FlameState): void {
  const box = state.chosen();
  const meaning = state.meanings[box];
  if (!meaning) return;
  const stage = view.run.stages[meaning.stage];
  drawName(add(host, "div"), view, state, meaning, stage);
  drawFigures(add(host, "dl", "figures"), rowsOf(view, state, box, meaning, stage));
  const chart = add(host, "div", "detail-chart");
  const { deadline } = view.run.totals;
  const timed = stage ?? deadline;
  if (!timed || timed.histogram.counts.length === 0 || stage?.scope === "file") return;
  const title = stage ? `Time per block of stage ${stage.name}` : "Time per block";
  add(chart, "p", "quiet small", title);
  drawHistogram(chart, view.until, {
    histogram: timed.histogram,
    block: timed.block,
    budgetMs: deadline?.budgetMs ?? null,
    late: stage ? null : (deadline?.overruns ?? 0),
    title,
  });
}

function drawName(
  host: Part,
  view: View,
  state: FlameState,
  meaning: BoxMeaning,
  stage: StageFigures | undefined,
): void {
  add(host, "h2", "verdict", meaning.name);
  const where = add(host, "p", "quiet");
  const { place } = meaning;
  if (place) addSourceLink(where, view, place);
  else if (meaning.kind !== "stage" && meaning.kind !== "run")
    where.append("span").text(`No source to open: ${withoutSource(meaning.functionKind)}`);
  if (stage && meaning.kind !== "stage") where.append("span").text(` in ${partWord(view.run)} ${stage.name}`);
  if (meaning.functionKind === "package") where.append("span").text(", from a package");
  const code = meaning.kind === "line" && place ? view.codeAt(place.file, place.line) : "";
  if (code !== "") add(host, "code", "detail-code", code);
  const actions = add(host, "p", "actions");
  if (place) addButton(actions, "button primary", "Go to line", () => view.openSource(place));
  const hottest = hottestLine(view, state, meaning, stage);
  if (!hottest) return;
  const words = add(host, "p", "quiet");
  words.append("span").text("Hottest line: ");
  addSourceLink(words, view, hottest.place);
  add(words, "span", "plain", ` ${formatShare(hottest.share)}`);
}

interface Hottest {
  readonly place: NonNullable<BoxMeaning["place"]>;
  readonly share: Share;
}

/** Of the run and of a stage the one that all other pages name, which has what it calls in packages; of a function the widest below it. */
function hottestLine(
  { run }: View,
  state: FlameState,
  { kind }: BoxMeaning,
  stage: StageFigures | undefined,
): Hottest | null {
  if (kind === "line") return null;
  if (kind !== "function") {
    const lines = stage ? run.lines.filter((line) => line.stage === stage.name) : run.lines;
    const [hottest] = hotLines({ ...run, lines }, 0);
    return hottest ? { place: hottest, share: hottest.share } : null;
  }
  const widest = widestLine(state, state.chosen());
  const place = state.meanings[widest]?.place;
  return place ? { place, share: at(state.boxes.width, widest) } : null;
}

/** −1 where there is none below the box. */
function widestLine(state: FlameState, box: number): number {
  const { boxes, meanings } = state;
  let best = -1;
  const open = [box];
  for (const each of open) {
    const first = at(boxes.firstChild, each);
    for (let child = first; child < first + at(boxes.childCount, each); child++) {
      if (meanings[child]?.kind !== "line") open.push(child);
      else if (best < 0 || at(boxes.width, child) > at(boxes.width, best)) best = child;
    }
  }
  return best;
}

type Row = readonly [name: string, value: string];

function rowsOf(
  view: View,
  state: FlameState,
  box: number,
  meaning: BoxMeaning,
  stage: StageFigures | undefined,
): Row[] {
  if (view.run.imported) return importedRows(view.run, state, box, meaning, stage);
  const { totals } = view.run;
  const audioMs = measuredSeconds(view.run, "timed") * 1000;
  const totalMs = at(state.boxes.totalMs, box);
  const selfMs = at(state.boxes.selfMs, box);
  const cost = (ms: number) => `${formatShare(ms / (totals.stagesMs || 1))} · ${formatDuration(ms)}`;
  const load = formatLoad(audioMs > 0 ? totalMs / audioMs : 0);
  const budgetMs = totals.deadline?.budgetMs ?? 0;
  const perBlock = (ms: number) =>
    budgetMs > 0 ? `${formatDuration(ms)} · ${formatShare(ms / budgetMs)} of budget` : formatDuration(ms);
  const average: Row[] =
    stage && stage.calls > 1 ? [["Per block, average", perBlock(totalMs / stage.calls)]] : [];
  if (meaning.kind === "line") {
    const line = view.run.lines.find((each) => isLine(each, meaning, stage));
    return [
      ["Self", cost(totalMs)],
      ...(line ? lineRows(line, totalMs, cost) : []),
      ...(line ? countRows(view.run, line) : []),
      ["Load", load],
      ...average,
    ];
  }
  if (meaning.kind === "function") {
    return [["Self", cost(selfMs)], ["Total", cost(totalMs)], ["Load", load], ...average];
  }
  if (meaning.kind === "stage" && stage) return [["Total", cost(totalMs)], ...stageRows(stage, perBlock)];
  return [
    ["All stages", formatDuration(totals.stagesMs)],
    ["Load of one thread", load],
    ...(totals.deadline ? blockRows(totals.deadline.block, perBlock) : []),
  ];
}

/** Another tool knows neither blocks nor real time. */
function importedRows(
  run: Run,
  { boxes }: FlameState,
  box: number,
  meaning: BoxMeaning,
  stage: StageFigures | undefined,
): Row[] {
  const cost = (ms: number) => `${formatShare(ms / (run.totals.stagesMs || 1))} · ${formatCost(run, ms)}`;
  const total: Row = ["Total", cost(at(boxes.totalMs, box))];
  const self: Row = ["Self", cost(at(boxes.selfMs, box))];
  if (meaning.kind === "function") return [self, total];
  if (meaning.kind !== "line") return [total];
  const line = run.lines.find((each) => isLine(each, meaning, stage));
  return [
    ["Self", cost(at(boxes.totalMs, box))],
    ...(line && line.error > 0 ? [["Error (95 %)", `± ${formatError(line.error)} points`] as const] : []),
    ...(line && line.selfMs > at(boxes.totalMs, box) * 1.01
      ? [["In all callers", cost(line.selfMs)] as const]
      : []),
    ...(line && line.totalMs > line.selfMs ? [["With what it calls", cost(line.totalMs)] as const] : []),
    ...(line && line.ticks > 0 && run.imported?.unit === "time"
      ? [["Samples", formatCount(line.ticks)] as const]
      : []),
  ];
}

function isLine(line: LineFigures, meaning: BoxMeaning, stage: StageFigures | undefined): boolean {
  return line.file === meaning.place?.file && line.line === meaning.place.line && line.stage === stage?.name;
}

/** A box is the line under one caller; the run's figures are of the line under all of them. */
function lineRows(line: LineFigures, boxMs: number, cost: (ms: number) => string): Row[] {
  const elsewhere = line.selfMs - boxMs > 0.01 * line.selfMs;
  return [
    ["Error (95 %)", `± ${formatError(line.error)} points`],
    ...(elsewhere ? [["In all callers", cost(line.selfMs)] as const] : []),
    ["With what it calls", cost(line.totalMs)],
    ["Samples", formatCount(line.ticks)],
    ...line.folded.map(
      (one) => [`In ${ownerOf(one)}`, `${one.name || "a nameless function"} · ${cost(one.ms)}`] as const,
    ),
  ];
}

/** Over all callers of the line in its stage. */
function countRows(run: Run, { file, line, stage }: LineFigures): Row[] {
  const counts = lineCounts(run, file, line, [stage]);
  if (!counts) return [];
  const { times, audioSeconds, loops } = counts;
  const during = audioSeconds === null ? "one call" : `${formatSeconds(audioSeconds)} of audio`;
  return [
    ...(times > 0 ? [["Ran", `${plural(times, "time")} in ${during}`] as const] : []),
    ...loops.map((loop) => loopRow(loop, line)),
  ];
}

function loopRow({ line, iterations, nsPerIteration }: LineLoop, at: Base1Line): Row {
  const each = nsPerIteration === null ? "" : ` · ${formatDuration(nsPerIteration / 1e6)} each`;
  return [line === at ? "Loop" : "Loop around it", `${plural(iterations, "iteration")}${each}`];
}

function stageRows(stage: StageFigures, perBlock: (ms: number) => string): Row[] {
  return [
    ["Load", formatLoad(stage.load)],
    ["Speed", `${formatSpeed(stage.speed)} real time`],
    ...(stage.calls > 1 ? blockRows(stage.block, perBlock) : []),
    ["Calls", formatCount(stage.calls)],
    ["Scope", stage.scope],
    ...(stage.variant === null ? [] : [["Variant", stage.variant] as const]),
  ];
}

function blockRows(block: Percentiles, perBlock: (ms: number) => string): Row[] {
  return [
    ["Per block, median", perBlock(block.p50)],
    ["Per block, p99", perBlock(block.p99)],
    ["Per block, worst", perBlock(block.max)],
  ];
}

function drawFigures(list: Part, rows: readonly Row[]): void {
  for (const [name, value] of rows) {
    add(list, "dt", "quiet", name);
    add(list, "dd", "number", value);
  }
}
