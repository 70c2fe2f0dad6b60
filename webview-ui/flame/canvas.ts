import { scaleLinear, type ScaleLinear } from "d3-scale";
import { at } from "../../src/core/flame/boxes.ts";
import { showFrom } from "../../src/core/flame/zoom.ts";
import type { ShownBox } from "../../src/core/flame/zoom.ts";
import { formatCost } from "../../src/core/run/cost.ts";
import { timeTicks, type Tick } from "../charts/axis.ts";
import { onWidth } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import type { View } from "../view.ts";
import { mixInks } from "./colours.ts";
import type { Inks } from "./colours.ts";
import { drawBoxes, ROW } from "./drawBoxes.ts";
import type { FlameState } from "./state.ts";
import { addTooltip } from "./tooltip.ts";

const AXIS = 24;
/** Narrower boxes can't be told apart or hit. */
const NARROWEST_PX = 0.5;
/** A browser draws no higher picture: deeper calls are seen where one zooms in. */
const MOST_ROWS = 500;
/** Of so deep a graph, callers that stay above the box that is zoomed to. */
const ROWS_ABOVE = 20;

export interface FlameCanvas {
  draw(): void;
  /** In the theme as it is now. */
  repaint(): void;
}

/** The picture itself: what is seen is computed anew for each zoom, so that thousands of boxes cost nothing. */
export function addCanvas(host: Part, view: View, state: FlameState): FlameCanvas {
  const canvas = host.append("canvas").attr("class", "flame-canvas").attr("aria-hidden", "true");
  const element = canvas.node();
  const context = element?.getContext("2d");
  const tooltip = addTooltip(host, view, state);
  let width = 0;
  let shown: ShownBox[] = [];
  let hovered = -1;
  let inks: Inks | undefined;

  function draw(): void {
    if (!element || !context || width === 0) return;
    const ratio = window.devicePixelRatio || 1;
    const { top, rows } = rowsShown(state);
    const height = rows * ROW + AXIS;
    element.width = Math.round(width * ratio);
    element.height = Math.round(height * ratio);
    element.style.height = `${height}px`;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    shown = showFrom(state.boxes, state.zoomed(), NARROWEST_PX / width)
      .filter(({ depth }) => depth >= top && depth < top + rows)
      .map((each) => ({ ...each, depth: each.depth - top }));
    inks ??= mixInks(view.theme, context, view.run.stages.length, ratio);
    const style = getComputedStyle(element);
    drawAxis(context, inks, style.fontFamily, rows * ROW);
    drawBoxes(context, {
      view,
      state,
      shown,
      top,
      hovered,
      width,
      inks,
      family: style.fontFamily,
      mono: style.getPropertyValue("--mono"),
    });
  }

  function drawAxis(ink: CanvasRenderingContext2D, inks: Inks, family: string, bottom: number): void {
    const scale = scaleLinear([0, state.boxes.totalMs[state.zoomed()] ?? 0], [0, width]);
    ink.font = `11px ${family}`;
    ink.textBaseline = "middle";
    const count = Math.max(2, Math.floor(width / 110));
    const ticks =
      (view.run.imported?.unit ?? "time") === "time" ? timeTicks(scale, count) : costTicks(scale, count);
    for (const { x, text } of ticks) {
      ink.fillStyle = inks.rule;
      ink.fillRect(Math.min(width - 1, Math.round(x)), ROW, 1, bottom - ROW + 4);
      ink.fillStyle = inks.quiet;
      const half = ink.measureText(text).width / 2;
      ink.fillText(text, Math.min(Math.max(0, x - half), width - 2 * half), bottom + AXIS / 2 + 3);
    }
  }

  const costTicks = (scale: ScaleLinear<number, number>, count: number): Tick[] =>
    scale
      .ticks(count)
      .map((value) => ({ x: scale(value), text: value === 0 ? "0" : formatCost(view.run, value) }));

  function boxAt(event: PointerEvent | MouseEvent): number {
    const depth = Math.floor(event.offsetY / ROW);
    const x = event.offsetX / width;
    const hit = shown.find((each) => each.depth === depth && x >= each.left && x < each.left + each.width);
    return hit?.box ?? -1;
  }

  canvas
    .on("pointermove", (event: PointerEvent) => {
      const box = boxAt(event);
      tooltip.show(box, event);
      canvas.style("cursor", box < 0 ? "default" : "pointer");
      if (box === hovered) return;
      hovered = box;
      draw();
    })
    .on("pointerleave", () => {
      hovered = -1;
      tooltip.hide();
      draw();
    })
    .on("click", (event: MouseEvent) => {
      const box = boxAt(event);
      if (box < 0) return;
      const place = state.meanings[box]?.place;
      if ((event.ctrlKey || event.metaKey) && place) view.openSource(place);
      else state.zoom(box);
    });
  const frame = host.node();
  if (frame) {
    onWidth(frame, view.until, (now) => {
      width = now;
      draw();
    });
  }
  return {
    draw,
    repaint: () => {
      inks = undefined;
      draw();
    },
  };
}

/** Where the picture begins, and how many rows it has. */
function rowsShown({ boxes, zoomed }: FlameState): { readonly top: number; readonly rows: number } {
  if (boxes.rows <= MOST_ROWS) return { top: 0, rows: boxes.rows };
  const top = Math.max(0, at(boxes.depth, zoomed()) - ROWS_ABOVE);
  return { top, rows: Math.min(MOST_ROWS, boxes.rows - top) };
}
