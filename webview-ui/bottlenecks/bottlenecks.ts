import { findBottlenecks, summarize } from "../../src/core/bottlenecks.ts";
import type { Bottleneck } from "../../src/core/bottlenecks.ts";
import { wholeWords } from "../../src/core/run/cost.ts";
import { add, addButton, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import type { DrawView } from "../view.ts";
import { sortRows } from "./sort.ts";
import type { Sorting } from "./sort.ts";
import { drawTable } from "./table.ts";
import { drawTargets } from "./targets.ts";
import { whyNoLines } from "../parts/noLines.ts";

type Ranking = "self" | "total";

const WORDS: Readonly<Record<Ranking, string>> = {
  self: "what functions spent themselves, their own lines",
  total: "functions with all that they called; recursion counts once",
};

/** The twenty functions that cost most, by self or by total time. */
export const drawBottlenecks: DrawView = (host, view) => {
  const found = findBottlenecks(view.run);
  const section = addSection(host, "ranking", "Costliest functions");
  if (found.byTotal.length === 0) {
    add(section, "p", "quiet", whyNoLines(view.run));
    return;
  }
  const words = section.select<HTMLElement>(".section-title").append("span").attr("class", "quiet");
  add(section, "p", "summary", summarize(found.bySelf, wholeWords(view.run)));
  const choice = addChoice(section, (ranking) => show(ranking, { column: ranking, descending: true }));
  const place = add(section, "div");

  function show(ranking: Ranking, sorting: Sorting): void {
    choice(ranking);
    words.text(WORDS[ranking]);
    const rows: readonly Bottleneck[] = ranking === "self" ? found.bySelf : found.byTotal;
    place.node()?.replaceChildren();
    drawTable(place, view, { rows: sortRows(rows, sorting), sorting, sort: (next) => show(ranking, next) });
  }
  show("self", { column: "self", descending: true });
  if (!view.run.imported) drawTargets(host, view, found.targets);
};

function addChoice(host: Part, chosen: (ranking: Ranking) => void): (ranking: Ranking) => void {
  const group = add(host, "div", "choice").attr("role", "group").attr("aria-label", "Ranked by");
  const buttons = (["self", "total"] as const).map((ranking) => ({
    ranking,
    button: addButton(group, "choice-button", ranking === "self" ? "Self time" : "Total time", () =>
      chosen(ranking),
    ),
  }));
  return (now) => {
    for (const { ranking, button } of buttons) button.attr("aria-pressed", String(ranking === now));
  };
}
