import { add } from "../parts/dom.ts";
import type { DrawView } from "../view.ts";
import { drawBesides, drawHeap } from "./besides.ts";
import { drawMachine } from "./machine.ts";
import { drawMeasuring } from "./measuring.ts";
import { drawMemory } from "./memory.ts";
import { drawRecommendations } from "./recommendations.ts";
import { drawWorkers } from "./workers.ts";

/** What this machine is, how it was used, and what to try. */
export const drawTuning: DrawView = (host, view) => {
  // On request, so it is what one looks for.
  drawHeap(host, view);
  const columns = add(host, "div", "columns");
  const left = add(columns, "div");
  drawWorkers(left, view);
  drawMeasuring(left, view);
  drawMemory(left, view);
  drawMachine(add(columns, "div"), view);
  drawRecommendations(host, view);
  drawBesides(host, view);
};
