import { recommend } from "../../src/core/recommend/recommendations.ts";
import type { Recommendation } from "../../src/core/recommend/recommendations.ts";
import { add, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { addSourceLink } from "../parts/sourceLink.ts";
import type { View } from "../view.ts";
import { drawGain, gainShare } from "./gain.ts";

export function drawRecommendations(host: Part, view: View): void {
  const all = recommend(view.run);
  const section = addSection(
    host,
    "recommendations",
    "Recommendations",
    all.length > 0 ? "bars share one scale; run again after each to see what it did gain" : "",
  );
  if (all.length === 0) {
    add(
      section,
      "p",
      "quiet",
      "These figures support none: no line, stage or setting stands out by more than its error.",
    );
    return;
  }
  const most = Math.max(...all.map((each) => gainShare(view.run, each)));
  const list = add(section, "ol", "recommendation-list");
  for (const each of all) drawOne(list, view, each, most);
}

function drawOne(list: Part, view: View, each: Recommendation, most: number): void {
  const entry = add(list, "li", "recommendation");
  const words = add(entry, "div");
  add(words, "h3", "", each.title);
  add(words, "p", "quiet", each.because);
  const attempt = add(words, "p");
  attempt.append("span").text(`${each.attempt} `);
  const { where } = each;
  if (where?.file !== undefined) addSourceLink(attempt, view, { file: where.file, line: where.line ?? 1 });
  drawGain(add(entry, "div", "gain"), view.run, each, most);
}
