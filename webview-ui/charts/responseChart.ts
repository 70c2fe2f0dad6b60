import { scaleLinear, scaleLog } from "d3-scale";
import type { ScaleContinuousNumeric } from "d3-scale";
import { FLAT_BELOW_DB, bandWords, formatFrequency } from "../../src/core/variants/frequencyResponse.ts";
import { formatDecibels } from "../../src/core/variants/soundWords.ts";
import type { ResponseBand } from "../../src/core/variants/variants.ts";
import { add, onWidth } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { placeLabels } from "./labels.ts";

export interface ResponseFigures {
  readonly bands: readonly ResponseBand[];
  readonly title: string;
}

type Svg = Part<SVGSVGElement>;
type Scale = ScaleContinuousNumeric<number, number>;

const HEIGHT = 132;
/** More, where words stand below the bars that go down. */
const WORDS_BELOW = 16;
const TOP = 18;
const BASE = 108;
/** Half a third octave, as a factor. */
const HALF_BAND = 10 ** 0.05;
/** Farther off is drawn no longer. */
const MOST_DB = 60;
const TICKS_HZ = [30, 100, 300, 1000, 3000, 10_000];

/** Third octaves on a logarithmic axis, upwards where they are louder, downwards where they are quieter. */
export function drawResponseChart(host: Part, until: AbortSignal, figures: ResponseFigures): void {
  const svg = host.append("svg").attr("class", "response-chart");
  svg.attr("aria-hidden", "true");
  addBandTable(host, figures);
  const element = host.node();
  if (element) onWidth(element, until, (width) => draw(svg, width, figures));
}

function draw(svg: Svg, width: number, { bands }: ResponseFigures): void {
  svg.selectAll("*").remove();
  const frequencies = bands.map(({ frequency }) => frequency as number);
  const ends = [Math.min(...frequencies) / HALF_BAND, Math.max(...frequencies) * HALF_BAND];
  const x = scaleLog(ends, [0, width]);
  const levels = bands.map(({ differenceDb }) => clamped(differenceDb));
  const [lowest, highest] = [Math.min(0, ...levels), Math.max(0, ...levels)];
  const isQuieter = lowest <= -FLAT_BELOW_DB;
  const height = isQuieter ? HEIGHT + WORDS_BELOW : HEIGHT;
  svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
  const y = scaleLinear([lowest, highest], [BASE, TOP]);
  drawAxis(svg, x, y(0), width, height);
  for (const band of bands) drawBand(svg, x, y, band);
  const label = (at: number, text: string) =>
    svg.append("text").attr("class", "quiet").attr("y", at).text(text);
  if (highest >= FLAT_BELOW_DB) label(TOP - 6, `${formatDecibels(highest)} louder`);
  if (isQuieter) label(BASE + 12, `${formatDecibels(-lowest)} quieter`);
}

const clamped = (level: number): number => Math.min(MOST_DB, Math.max(-MOST_DB, level));

function drawBand(svg: Svg, x: Scale, y: Scale, band: ResponseBand): void {
  const left = x((band.frequency as number) / HALF_BAND);
  const wide = Math.max(1, x((band.frequency as number) * HALF_BAND) - left - 1);
  const end = y(clamped(band.differenceDb));
  const top = Math.min(y(0), end);
  const bar = svg.append("rect").attr("class", "band").attr("x", left).attr("width", wide);
  bar.attr("y", top).attr("height", Math.max(1, Math.abs(end - y(0))));
  bar.append("title").text(`${formatFrequency(band.frequency)}: ${bandWords(band)}`);
}

function drawAxis(svg: Svg, x: Scale, zero: number, width: number, height: number): void {
  svg.append("line").attr("class", "base").attr("x2", width).attr("y1", zero).attr("y2", zero);
  const [low = 0, high = 0] = x.domain();
  const ticks = TICKS_HZ.filter((hertz) => hertz >= low && hertz <= high);
  const texts = ticks.map((hertz) => {
    svg
      .append("line")
      .attr("class", "grid")
      .attr("x1", x(hertz))
      .attr("x2", x(hertz))
      .attr("y1", TOP)
      .attr("y2", BASE);
    const name = hertz < 1000 ? `${hertz}\u202fHz` : `${hertz / 1000}\u202fkHz`;
    return svg
      .append("text")
      .attr("class", "quiet")
      .attr("y", height - 6)
      .text(name);
  });
  const wanted = texts.map((text, index) => ({
    x: x(ticks[index] ?? low),
    width: text.node()?.getComputedTextLength() ?? 0,
  }));
  placeLabels(wanted, width, 12).forEach((left, index) => {
    if (left === null) texts[index]?.remove();
    else texts[index]?.attr("x", left);
  });
}

/** What the picture says, for those who don't see it. */
function addBandTable(host: Part, { bands, title }: ResponseFigures): void {
  const table = add(add(host, "div", "unseen"), "table");
  add(table, "caption", "", title);
  const head = add(add(table, "thead"), "tr");
  add(head, "th", "", "Third octave").attr("scope", "col");
  add(head, "th", "", "Beside the one as written").attr("scope", "col");
  const body = add(table, "tbody");
  for (const band of bands) {
    const row = add(body, "tr");
    add(row, "td", "", formatFrequency(band.frequency));
    add(row, "td", "", bandWords(band));
  }
}
