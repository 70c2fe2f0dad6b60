import { add } from "../parts/dom.ts";
import type { DrawView } from "../view.ts";
import { drawPace } from "./pace.ts";
import { drawResponses } from "./responses.ts";
import { drawResults } from "./results.ts";
import { drawSoundTable } from "./soundTable.ts";
import { drawSoundVerdict } from "./soundVerdict.ts";
import { drawTimes } from "./times.ts";
import { drawVariantFindings } from "./variantFindings.ts";

/** Which is quicker, and does it sound the same? Then by stage, by block size, by result. */
export const drawVariants: DrawView = (host, view) => {
  const top = add(host, "div", "columns verdicts");
  drawPace(add(top, "div"), view.run);
  drawSoundVerdict(add(top, "div"), view.run);
  drawVariantFindings(host, view);
  drawTimes(host, view);
  drawSoundTable(host, view);
  const below = add(host, "div", "columns");
  drawResponses(add(below, "div"), view);
  drawResults(add(below, "div"), view.run);
};
