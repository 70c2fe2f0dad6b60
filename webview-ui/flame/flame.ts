import { layOutFlame } from "../../src/core/flame/boxes.ts";
import { functionNames } from "../../src/core/run/functionNames.ts";
import { meaningOf } from "../../src/core/flame/describe.ts";
import type { BoxMeaning } from "../../src/core/flame/describe.ts";
import { pathTo } from "../../src/core/flame/zoom.ts";
import type { Run } from "../../src/core/run/run.ts";
import type { PanelPlace } from "../../src/protocol/panel.ts";
import { add } from "../parts/dom.ts";
import type { DrawView } from "../view.ts";
import { addAccessibleTree } from "./accessibleTree.ts";
import { drawBreadcrumb } from "./breadcrumb.ts";
import { addCanvas } from "./canvas.ts";
import { drawDetail } from "./detail.ts";
import { drawLegend } from "./legend.ts";
import { addSearch } from "./search.ts";
import { flameState } from "./state.ts";

/** The call tree as boxes: zoom by click or Enter, back by Escape, search, and the chosen box's figures below. */
export const drawFlame: DrawView = (host, view) => {
  const boxes = layOutFlame(view.run.callTree);
  const names = functionNames(view.run);
  const meanings = Array.from({ length: boxes.count }, (_, box) => meaningOf(view.run, names, boxes, box));
  const state = flameState(boxes, meanings, view.place);

  const toolbar = add(host, "div", "flame-toolbar");
  const search = addSearch(toolbar, state);
  const crumbs = add(host, "nav", "breadcrumb").attr("aria-label", "Zoomed to");
  const graph = add(host, "div", "flame-graph");
  const canvas = addCanvas(graph, view, state);
  const tree = addAccessibleTree(graph, view, state);
  // So that keys work after a click too.
  graph.on("click", () => tree.focus());
  const command = navigator.platform.startsWith("Mac") ? "Cmd" : "Ctrl";
  add(
    host,
    "p",
    "flame-keys quiet small",
    `Arrows move, Enter zooms, Escape goes back, ${command}+Enter opens the source line.`,
  );
  drawLegend(host, view.run);
  const detail = add(host, "section", "flame-detail").attr("aria-label", "Chosen box");

  let detailDrawing = new AbortController();
  let chosen = state.chosen();
  drawChosen();
  state.onChange(() => {
    search.update();
    drawBreadcrumb(crumbs, state, pathTo(boxes, state.zoomed()));
    canvas.draw();
    tree.update();
    if (state.chosen() === chosen) return;
    chosen = state.chosen();
    view.remember(placeOf(view.run, meanings[chosen]));
    drawChosen();
  });

  function drawChosen(): void {
    detailDrawing.abort();
    detailDrawing = new AbortController();
    detail.node()?.replaceChildren();
    drawDetail(detail, { ...view, until: AbortSignal.any([view.until, detailDrawing.signal]) }, state);
  }
  view.theme.onChange(view.until, () => canvas.repaint());
};

/** Where the editor finds the box again. */
function placeOf(run: Run, meaning: BoxMeaning | undefined): PanelPlace {
  const stage = run.stages[meaning?.stage ?? -1]?.name;
  if (!meaning || stage === undefined) return { view: "flame" };
  return { view: "flame", stage, ...(meaning.kind === "stage" ? {} : meaning.place) };
}
