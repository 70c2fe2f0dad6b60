import { add } from "../parts/dom.ts";
import type { DrawView } from "../view.ts";
import { drawDeadline } from "./deadline.ts";
import { drawEmitted } from "./emitted.ts";
import { drawFindings } from "./findings.ts";
import { drawHelp } from "./help.ts";
import { drawHotLines } from "./hotLines.ts";
import { drawImported } from "./imported.ts";
import { drawSpeed } from "./speed.ts";
import { drawSlowBlocks } from "./slowBlocks.ts";
import { drawStages } from "./stages.ts";

/** Fast enough? In time? Where does the time go? When? What now? And what came out? */
export const drawOverview: DrawView = (host, view) => {
  if (view.run.imported) {
    drawImported(host, view.run);
  } else {
    const top = add(host, "div", "columns verdicts");
    drawSpeed(add(top, "div"), view.run);
    drawDeadline(add(top, "div"), view);
  }
  drawStages(host, view);
  drawSlowBlocks(host, view);
  const below = add(host, "div", "columns");
  drawHotLines(add(below, "div"), view);
  const beside = add(below, "div");
  if (!view.run.imported) drawHelp(beside, view);
  drawFindings(beside, view);
  drawEmitted(host, view.run);
};
