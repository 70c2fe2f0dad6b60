import { scaleLinear } from "d3-scale";
import type { ScaleContinuousNumeric } from "d3-scale";
import { formatDuration } from "../../src/core/format.ts";
import { onWidth } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { stageColour, texturePaint } from "../theme/textures.ts";
import { timeTicks } from "./axis.ts";
import { placeLabels } from "./labels.ts";

export interface StackedPiece {
  /** In the pipeline's order; it gives the colour. */
  readonly stage: number;
  readonly name: string;
  readonly ms: number;
}

export interface StackedBars {
  /** Elements of one width. */
  readonly bars: readonly { readonly bar: Part; readonly pieces: readonly StackedPiece[] }[];
  readonly axis: Part;
}

type Svg = Part<SVGSVGElement>;
type Scale = ScaleContinuousNumeric<number, number>;

const HEIGHT = 36;
const AXIS_HEIGHT = 20;
/** A tick for so many pixels. */
const TICK_PX = 110;

/** Bars of stages, one after another on a time axis that all share. Whoever calls has a table of the same figures. */
export function drawStackedBars({ bars, axis }: StackedBars, until: AbortSignal): void {
  const most = Math.max(...bars.map(({ pieces }) => pieces.reduce((sum, { ms }) => sum + ms, 0)));
  const drawn = bars.map(({ bar, pieces }) => ({ svg: bar.append("svg").attr("height", HEIGHT), pieces }));
  const scaleSvg = axis.append("svg").attr("height", AXIS_HEIGHT);
  const element = axis.node();
  if (!element || most <= 0) return;
  onWidth(element, until, (width) => {
    const x = scaleLinear([0, most], [0, width]);
    for (const { svg, pieces } of drawn) drawBar(clear(svg, width, HEIGHT), x, pieces);
    drawAxis(clear(scaleSvg, width, AXIS_HEIGHT), x, width);
  });
}

function clear(svg: Svg, width: number, height: number): Svg {
  svg.selectAll("*").remove();
  return svg.attr("width", width).attr("viewBox", `0 0 ${width} ${height}`);
}

function drawBar(svg: Svg, x: Scale, pieces: readonly StackedPiece[]): void {
  let from = 0;
  for (const { stage, name, ms } of pieces) {
    const left = x(from);
    const wide = Math.max(0.5, x(from + ms) - left - 1);
    from += ms;
    const colour = `var(${stageColour(stage)})`;
    const piece = svg.append("g").attr("class", "stacked-piece");
    piece.append("title").text(`${name}, ${formatDuration(ms)}`);
    const box = piece.append("rect").attr("class", "stacked-box").attr("x", left).attr("width", wide);
    box.attr("height", HEIGHT).style("fill", texturePaint(stage));
    piece.append("rect").attr("x", left).attr("width", wide).attr("height", 3).style("fill", colour);
    addName(piece, name, left, wide, `color-mix(in srgb, ${colour} var(--stage-fill), var(--page))`);
  }
}

/** The name on a ground of its own, because of the texture; none where it doesn't fit. */
function addName(piece: Part<SVGGElement>, name: string, left: number, wide: number, ground: string): void {
  const back = piece.append("rect").attr("rx", 2).style("fill", ground);
  const text = piece.append("text").attr("class", "strong").text(name);
  const needed = text.node()?.getComputedTextLength() ?? 0;
  if (needed + 18 > wide) {
    text.remove();
    back.remove();
    return;
  }
  text.attr("x", left + 9).attr("y", HEIGHT / 2 + 5.5);
  back
    .attr("x", left + 5)
    .attr("y", HEIGHT / 2 - 6.5)
    .attr("width", needed + 8)
    .attr("height", 16);
}

function drawAxis(svg: Svg, x: Scale, width: number): void {
  svg.append("line").attr("class", "base").attr("x2", width).attr("y1", 0.5).attr("y2", 0.5);
  const ticks = timeTicks(x, Math.max(2, Math.floor(width / TICK_PX)));
  const texts = ticks.map((tick) => {
    svg
      .append("line")
      .attr("class", "base")
      .attr("x1", tick.x)
      .attr("x2", tick.x)
      .attr("y1", 0)
      .attr("y2", 5);
    return svg.append("text").attr("class", "quiet").attr("y", 17).text(tick.text);
  });
  const wanted = texts.map((text, index) => ({
    x: ticks[index]?.x ?? 0,
    width: text.node()?.getComputedTextLength() ?? 0,
  }));
  placeLabels(wanted, width, 12).forEach((left, index) => {
    if (left === null) texts[index]?.remove();
    else texts[index]?.attr("x", left);
  });
}
