import { formatDuration, formatLoad, formatShare, plural } from "../../src/core/format.ts";
import { formatCost, partWord } from "../../src/core/run/cost.ts";
import type { Run, StageFigures } from "../../src/core/run/run.ts";
import { stageTitle } from "../../src/core/run/stageTitle.ts";
import type { Share } from "../../src/core/units.ts";
import { add, addSection, onWidth } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { addSwatch } from "../parts/icon.ts";
import { stageColour, texturePaint } from "../theme/textures.ts";
import type { View } from "../view.ts";

const WORTH_TELLING: Share = 0.01;

interface Piece {
  readonly stage: StageFigures;
  readonly index: number;
}

/** Another tool may have seen hundreds of threads. */
const LISTED = 24;

/** One bar for all stage time, cut by stage, widest first; its legend holds the figures. */
export function drawStages(host: Part, view: View): void {
  const { stages, totals } = view.run;
  const pieces = stages
    .map((stage, index): Piece => ({ stage, index }))
    .sort((a, b) => b.stage.share - a.stage.share || a.index - b.index);
  const section = addSection(
    host,
    "stages",
    whereWords(view.run),
    `adds up to ${formatCost(view.run, totals.stagesMs)}, ${formatShare(1)}${decodingWords(view.run)}`,
  );
  drawBar(section, view, pieces);
  drawLegend(section, view, pieces);
}

const whereWords = ({ imported }: Run): string =>
  ({ time: "Where the time goes", samples: "Where the samples fell", bytes: "Where the bytes go" })[
    imported?.unit ?? "time"
  ];

/** Decoding is no stage: its time stands outside their shares, and only where it isn't next to nothing. */
function decodingWords({ audio, totals, imported }: Run): string {
  return !imported && audio.decodeMs >= WORTH_TELLING * totals.stagesMs
    ? `; decoded in ${formatDuration(audio.decodeMs)}, outside of it`
    : "";
}

function drawBar(section: Part, view: View, pieces: readonly Piece[]): void {
  const bar = add(section, "div", "stage-bar").attr("aria-hidden", "true");
  const labels = pieces.map(({ stage, index }) => {
    const piece = add(bar, "div", "stage-piece")
      .style("flex-grow", stage.share)
      .style("border-top-color", `var(${stageColour(index)})`);
    piece
      .append("svg")
      .append("rect")
      .attr("width", "100%")
      .attr("height", "100%")
      .style("fill", texturePaint(index));
    const ground = `color-mix(in srgb, var(${stageColour(index)}) var(--stage-fill), var(--page))`;
    return {
      piece,
      name: add(piece, "b", "", stageTitle(stage)).style("background", ground),
      share: add(piece, "span", "", formatShare(stage.share)).style("background", ground),
    };
  });
  const element = bar.node();
  if (!element) return;
  onWidth(element, view.until, () => {
    for (const { piece, name, share } of labels) {
      name.classed("hidden", false);
      share.classed("hidden", false);
      const room = (piece.node()?.clientWidth ?? 0) - 12;
      const nameWidth = name.node()?.offsetWidth ?? 0;
      const shareWidth = share.node()?.offsetWidth ?? 0;
      name.classed("hidden", nameWidth > room);
      share.classed("hidden", nameWidth + shareWidth + 8 > room);
    }
  });
}

function drawLegend(section: Part, view: View, pieces: readonly Piece[]): void {
  const legend = add(section, "ul", "stage-legend");
  for (const { stage, index } of pieces.slice(0, LISTED)) {
    const entry = add(add(legend, "li"), "button", "stage-entry")
      .attr("type", "button")
      .attr("title", `Show ${stage.name} in the flame graph`)
      .on("click", () => view.go({ view: "flame", stage: stage.name }));
    const name = add(entry, "span", "stage-name");
    addSwatch(name, texturePaint(index), `var(${stageColour(index)})`);
    add(name, "span", "", stageTitle(stage));
    add(entry, "span", "stage-share", formatShare(stage.share));
    add(
      entry,
      "span",
      "stage-figures quiet small",
      view.run.imported
        ? formatCost(view.run, stage.selfMs)
        : `${formatDuration(stage.selfMs)} · ${formatLoad(stage.load)} load`,
    );
  }
  const others = pieces.slice(LISTED);
  if (others.length === 0) return;
  const share = others.reduce((sum, { stage }) => sum + stage.share, 0);
  const words = `${plural(others.length, `other ${partWord(view.run)}`)}: ${formatShare(share)}`;
  add(section, "p", "quiet small", words);
}
