import { formatCount } from "../../src/core/format.ts";
import {
  bandWords,
  farthestResponse,
  formatFrequency,
  isFlat,
  withinWords,
  type FarthestResponse,
} from "../../src/core/variants/frequencyResponse.ts";
import { listed } from "../../src/core/variants/soundSummary.ts";
import { variantName } from "../../src/core/variants/variantWords.ts";
import { drawResponseChart } from "../charts/responseChart.ts";
import { add, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import type { View } from "../view.ts";

/** How loud each third octave is beside the one as written: a chart where that can be seen, otherwise a sentence. */
export function drawResponses(host: Part, view: View): void {
  const { variants } = view.run;
  if (variants.every(({ sound }) => sound.length === 0)) return;
  const all = variants.flatMap((variant) => farthestResponse(variant) ?? []);
  const section = addSection(
    host,
    "responses",
    "Frequency response",
    "by third octaves, beside the one as written",
  );
  if (all.length === 0) {
    add(section, "p", "quiet", "Nothing sounded, so there is none.");
    return;
  }
  const flat = all.filter(isFlat);
  if (flat.length > 0) add(section, "p", "quiet", flatWords(flat));
  const charts = add(section, "div", "response-charts");
  for (const response of all.filter((each) => !isFlat(each))) drawOne(charts, view, response);
}

function flatWords(flat: readonly FarthestResponse[]): string {
  const most = Math.max(...flat.map(({ farthest }) => Math.abs(farthest.differenceDb)));
  const names = listed(flat.map(({ variant }) => variantName(variant)));
  const words = withinWords(most);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} at every block size: ${names}.`;
}

function drawOne(charts: Part, view: View, response: FarthestResponse): void {
  const { variant, blockFrames, bands, farthest } = response;
  const figure = add(charts, "figure", "response");
  const words = add(figure, "figcaption");
  add(words, "b", "", variantName(variant));
  words.append("span").text(` most at ${formatFrequency(farthest.frequency)}: ${bandWords(farthest)}`);
  add(words, "span", "quiet", `, in blocks of ${formatCount(blockFrames)}`);
  drawResponseChart(figure, view.until, { bands, title: `Frequency response of ${variantName(variant)}` });
}
