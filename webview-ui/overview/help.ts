import { recommend } from "../../src/core/recommend/recommendations.ts";
import { add, addButton, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { addSourceLink } from "../parts/sourceLink.ts";
import { drawGain, gainShare } from "../tuning/gain.ts";
import type { View } from "../view.ts";

const SHOWN = 3;

/** The recommendations in short; the tuning page holds the whole of them. */
export function drawHelp(host: Part, view: View): void {
  const all = recommend(view.run);
  const section = addSection(host, "help", "What would help most");
  if (all.length === 0) {
    add(section, "p", "quiet", "Nothing here stands out enough to recommend a change.");
    return;
  }
  const list = add(section, "ol", "help-list");
  const most = Math.max(...all.map((each) => gainShare(view.run, each)));
  all.slice(0, SHOWN).forEach((each, index) => {
    const entry = add(list, "li");
    add(entry, "span", "rank quiet", String(index + 1)).attr("aria-hidden", "true");
    const words = add(entry, "div");
    add(words, "h3", "", each.title);
    const gain = add(words, "div", "help-gain");
    drawGain(gain, view.run, each, most);
    const { where } = each;
    if (where?.file !== undefined) addSourceLink(gain, view, { file: where.file, line: where.line ?? 1 });
  });
  addButton(section, "text-button", "Why, and how to try it", () => view.go({ view: "tuning" }));
}
