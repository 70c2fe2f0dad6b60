import { scaleLinear, scaleLog } from "d3-scale";
import type { ScaleContinuousNumeric } from "d3-scale";
import { formatCount, formatDuration, plural } from "../../src/core/format.ts";
import type { Histogram, Percentiles } from "../../src/core/run/measured/times.ts";
import { add, onWidth } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { placeLabels } from "./labels.ts";

export interface HistogramFigures {
  readonly histogram: Histogram;
  readonly block: Percentiles;
  readonly budgetMs: number | null;
  /** Blocks over the budget; null where nobody counted them. */
  readonly late: number | null;
  readonly title: string;
}

type Svg = Part<SVGSVGElement>;
type Scale = ScaleContinuousNumeric<number, number>;

const HEIGHT = 118;
const TOP = 20;
const BASE = 94;
/** Bars that stay below it don't touch the words. */
const WORDS_BOTTOM = 76;
/** Words need so much room. */
const FEWEST_PX = 80;
/** Below this part of the axis the middle block would be a sliver at its left end. */
const SLIVER = 0.06;

/** Blocks by the time they took, the budget as a line. Heights are logarithmic, so that one late block is seen. */
export function drawHistogram(host: Part, until: AbortSignal, figures: HistogramFigures): void {
  const svg = host
    .append("svg")
    .attr("class", "histogram")
    .attr("height", HEIGHT)
    .attr("aria-hidden", "true");
  addTable(host, figures);
  const element = host.node();
  if (element) onWidth(element, until, (width) => draw(svg, width, figures));
}

function draw(svg: Svg, width: number, figures: HistogramFigures): void {
  svg.selectAll("*").remove();
  svg.attr("width", width).attr("viewBox", `0 0 ${width} ${HEIGHT}`);
  const { budgetMs, late, block } = figures;
  const x = timeScale(figures, endOf(figures), width);
  const budgetX = budgetMs === null ? width : x(budgetMs);
  if (budgetMs !== null) {
    svg
      .append("rect")
      .attr("class", "late-ground")
      .attr("x", budgetX)
      .attr("y", TOP)
      .attr("width", Math.max(0, width - budgetX))
      .attr("height", BASE - TOP);
  }
  const free = drawBars(svg, x, figures, budgetX);
  svg
    .append("line")
    .attr("class", "base")
    .attr("x2", width)
    .attr("y1", BASE + 0.5)
    .attr("y2", BASE + 0.5);
  if (budgetMs !== null) drawBudget(svg, budgetX, budgetMs, width);
  drawCounts(svg, figures, free);
  if (late !== null && late > 0) drawLate(svg, figures, late, x, budgetX, width);
  drawMarks(svg, x, block, width);
}

/** Linear from 0; logarithmic, and named so, where everything would stand in its first pixels. */
function timeScale(figures: HistogramFigures, end: number, width: number): Scale {
  const { block, histogram } = figures;
  if (!isLogarithmic(figures)) return scaleLinear([0, end * 1.02], [0, width]);
  const start = histogram.edgesMs.find((edge, index) => edge > 0 && (histogram.counts[index] ?? 0) > 0);
  return scaleLog([Math.min(start ?? block.p50, block.p50) / 2, end * 1.1], [0, width]).clamp(true);
}

function isLogarithmic(figures: HistogramFigures): boolean {
  const { block, histogram } = figures;
  const [zero = 0, first = 0] = histogram.edgesMs;
  const [beforeLast = 0, last = 0] = histogram.edgesMs.slice(-2);
  const uneven = last - beforeLast > 2 * (first - zero);
  return block.p50 > 0 && (uneven || block.p50 < SLIVER * endOf(figures));
}

function endOf({ block, budgetMs, histogram }: HistogramFigures): number {
  return Math.max(block.max, budgetMs ?? 0, histogram.edgesMs.at(-1) ?? 0) || 1;
}

/** A stretch of the axis, in pixels. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Returns the free stretches beside the highest bar, from there to the right: where words have room. */
function drawBars(svg: Svg, x: Scale, { histogram, budgetMs }: HistogramFigures, end: number): Stretch[] {
  const most = Math.max(1, ...histogram.counts);
  const height = scaleLinear([0, Math.log1p(most)], [0, BASE - TOP - 12]);
  const free: Stretch[] = [];
  let from = -1;
  histogram.counts.forEach((count, index) => {
    if (count === 0) return;
    const start = histogram.edgesMs[index] ?? 0;
    const stop = histogram.edgesMs[index + 1] ?? start;
    const left = x(start);
    const wide = Math.max(3, x(stop) - left - 1);
    const tall = Math.max(4, height(Math.log1p(count)));
    svg
      .append("rect")
      .attr("class", budgetMs !== null && (start + stop) / 2 > budgetMs ? "bar late" : "bar")
      .attr("x", left)
      .attr("y", BASE - tall)
      .attr("width", wide)
      .attr("height", tall);
    if (tall < BASE - WORDS_BOTTOM) return;
    if (from >= 0) free.push({ from, to: Math.min(left, end) });
    if (from >= 0 || count === most) from = left + wide;
  });
  return [...free, { from, to: end }];
}

function drawBudget(svg: Svg, budgetX: number, budgetMs: number, width: number): void {
  svg
    .append("line")
    .attr("class", "budget")
    .attr("x1", budgetX)
    .attr("x2", budgetX)
    .attr("y1", 4)
    .attr("y2", BASE);
  const text = svg.append("text").attr("class", "budget-words strong").attr("y", 13);
  text.text(`budget ${formatDuration(budgetMs)}`);
  const leftSide = budgetX > width / 2;
  text.attr("x", leftSide ? budgetX - 6 : budgetX + 6).attr("text-anchor", leftSide ? "end" : "start");
}

/** How many were on time, beside the highest bars where there is room. */
function drawCounts(svg: Svg, figures: HistogramFigures, free: readonly Stretch[]): void {
  const place = free.find(({ from, to }) => to - from >= FEWEST_PX);
  if (!place) return;
  const blocks = figures.histogram.counts.reduce((sum, count) => sum + count, 0);
  const words = figures.budgetMs === null || figures.late === null ? "blocks" : "on time";
  const scales = isLogarithmic(figures) ? "log height, log time" : "log height";
  const text = (y: number, className: string, content: string) =>
    svg
      .append("text")
      .attr("class", className)
      .attr("x", place.from + 8)
      .attr("y", y)
      .text(content);
  text(56, "strong", formatCount(blocks - (figures.late ?? 0)));
  const long = text(72, "quiet", `${words} (${scales})`);
  if ((long.node()?.getComputedTextLength() ?? 0) + 16 > place.to - place.from) long.text(words);
}

function drawLate(
  svg: Svg,
  figures: HistogramFigures,
  late: number,
  x: Scale,
  budgetX: number,
  width: number,
): void {
  const text = svg
    .append("text")
    .attr("class", "strong")
    .attr("y", TOP + 14);
  text.text(`${formatCount(late)} late`);
  const wide = text.node()?.getComputedTextLength() ?? 0;
  const left = Math.min(Math.max(budgetX + 6, x(figures.block.p99)), width - wide - 2);
  text.attr("x", left);
}

function drawMarks(svg: Svg, x: Scale, block: Percentiles, width: number): void {
  const marks = [
    { name: "median", short: "med.", ms: block.p50 },
    { name: "p99", short: "p99", ms: block.p99 },
    { name: "worst", short: "worst", ms: block.max },
  ];
  const texts = marks.map(({ name, short, ms }) => {
    const at = x(ms);
    svg
      .append("line")
      .attr("class", "mark")
      .attr("x1", at)
      .attr("x2", at)
      .attr("y1", BASE - 3)
      .attr("y2", BASE + 5);
    return svg
      .append("text")
      .attr("y", HEIGHT - 7)
      .text(`${width < 420 ? short : name} ${formatDuration(ms)}`);
  });
  const wanted = texts.map((text, index) => ({
    x: x(marks[index]?.ms ?? 0),
    width: text.node()?.getComputedTextLength() ?? 0,
  }));
  placeLabels(wanted, width, 12).forEach((left, index) => {
    if (left === null) texts[index]?.remove();
    else texts[index]?.attr("x", left);
  });
}

/** What the picture says, for those who don't see it. */
function addTable(host: Part, { histogram, block, budgetMs, late, title }: HistogramFigures): void {
  const table = add(add(host, "div", "unseen"), "table");
  add(
    table,
    "caption",
    "",
    `${title}: median ${formatDuration(block.p50)}, p99 ${formatDuration(block.p99)}, worst ${formatDuration(block.max)}${budgetMs === null ? "" : `, budget ${formatDuration(budgetMs)}`}${late === null ? "" : `, ${plural(late, "block")} late`}`,
  );
  const head = add(add(table, "thead"), "tr");
  add(head, "th", "", "From").attr("scope", "col");
  add(head, "th", "", "To").attr("scope", "col");
  add(head, "th", "", "Blocks").attr("scope", "col");
  const body = add(table, "tbody");
  histogram.counts.forEach((count, index) => {
    if (count === 0) return;
    const row = add(body, "tr");
    add(row, "td", "", formatDuration(histogram.edgesMs[index] ?? 0));
    add(row, "td", "", formatDuration(histogram.edgesMs[index + 1] ?? 0));
    add(row, "td", "", formatCount(count));
  });
}
