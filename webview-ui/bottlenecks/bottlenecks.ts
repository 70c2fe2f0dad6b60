import { findBottlenecks, summarize } from "../../src/core/bottlenecks/bottlenecks.ts";
import type { Bottleneck, Bottlenecks, SortBy } from "../../src/core/bottlenecks/bottlenecks.ts";
import { wholeWords } from "../../src/core/run/cost.ts";
import { add, addButton, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import type { DrawView, View } from "../view.ts";
import { drawPriorities } from "./priorities.ts";
import { sortRows } from "./sort.ts";
import type { Sorting } from "./sort.ts";
import { drawTable } from "./table.ts";
import { drawTargets } from "./targets.ts";
import { whyNoLines } from "../parts/noLines.ts";

type Ranking = "self" | "total" | "calls";

interface RankingWords {
  readonly title: string;
  readonly words: string;
  readonly rowsOf: (found: Bottlenecks) => readonly Bottleneck[];
}

const RANKINGS: Readonly<Record<Ranking, RankingWords>> = {
  self: {
    title: "Self time",
    words: "what functions spent themselves, their own lines",
    rowsOf: ({ bySelf }) => bySelf,
  },
  total: {
    title: "Total time",
    words: "functions with all that they called; recursion counts once",
    rowsOf: ({ byTotal }) => byTotal,
  },
  calls: {
    title: "Calls",
    words: "functions that are called most often",
    rowsOf: ({ byCalls }) => byCalls,
  },
};

const FIRST: Readonly<Record<SortBy, Ranking>> = { time: "self", cumulative: "total", calls: "calls" };

/** Where to begin, the twenty functions that cost most, and what is called so often that little counts. */
export const drawBottlenecks: DrawView = (host, view) => {
  // Another tool's profile knows nothing of stages and their calls.
  const isOurs = view.run.imported === null;
  if (isOurs) drawPriorities(host, view);
  drawRanking(host, view);
  if (isOurs) drawTargets(host, view);
};

function drawRanking(host: Part, view: View): void {
  const found = findBottlenecks(view.run);
  const section = addSection(host, "ranking", "Costliest functions");
  if (found.byTotal.length === 0) {
    add(section, "p", "quiet", whyNoLines(view.run));
    return;
  }
  const words = section.select<HTMLElement>(".section-title").append("span").attr("class", "quiet");
  add(section, "p", "summary", summarize(found.bySelf, wholeWords(view.run)));
  const offered = (["self", "total", "calls"] as const).filter(
    (ranking) => RANKINGS[ranking].rowsOf(found).length > 0,
  );
  const choice = addChoice(section, offered, (ranking) =>
    show(ranking, { column: ranking, descending: true }),
  );
  const place = add(section, "div");
  const withCalls = offered.includes("calls");

  function show(ranking: Ranking, sorting: Sorting): void {
    choice(ranking);
    words.text(RANKINGS[ranking].words);
    place.node()?.replaceChildren();
    drawTable(place, view, {
      rows: sortRows(RANKINGS[ranking].rowsOf(found), sorting),
      withCalls,
      sorting,
      sort: (next) => show(ranking, next),
    });
  }
  const wanted = FIRST[view.settings.sortBy];
  const [any = "total"] = offered;
  const first = offered.includes(wanted) ? wanted : any;
  show(first, { column: first, descending: true });
}

function addChoice(
  host: Part,
  offered: readonly Ranking[],
  chosen: (ranking: Ranking) => void,
): (ranking: Ranking) => void {
  const group = add(host, "div", "choice").attr("role", "group").attr("aria-label", "Ranked by");
  const buttons = offered.map((ranking) => ({
    ranking,
    button: addButton(group, "choice-button", RANKINGS[ranking].title, () => chosen(ranking)),
  }));
  return (now) => {
    for (const { ranking, button } of buttons) button.attr("aria-pressed", String(ranking === now));
  };
}
