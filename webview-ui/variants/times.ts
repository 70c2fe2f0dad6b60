import { formatBytes, formatDuration, formatSpeed } from "../../src/core/format.ts";
import { verdictOf, type SoundVerdict, type VariantFigures } from "../../src/core/variants/variants.ts";
import { chanceBetween, variantName } from "../../src/core/variants/variantWords.ts";
import { drawStackedBars } from "../charts/stackedBars.ts";
import { add, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { addPace, addVerdict } from "../parts/signs.ts";
import type { View } from "../view.ts";
import { drawStageTable } from "./stageTable.ts";

const SOUNDS: Readonly<Record<SoundVerdict, string>> = {
  identical: "sounds identical",
  same: "sounds the same",
  differs: "sounds different",
};

/** A bar for each variant, cut by stage, all on one axis; the table below is its legend. */
export function drawTimes(host: Part, view: View): void {
  const { variants } = view.run;
  const [written] = variants;
  if (!written) return;
  const order = stageOrder(written);
  const section = addSection(
    host,
    "variant-times",
    "Time by stage",
    "work of all stages on one scale from 0",
  );
  const list = add(section, "ul", "variant-bars");
  const places = variants.map((variant) => {
    const entry = add(list, "li", "variant-row");
    add(entry, "b", "variant-name", variantName(variant));
    const bar = add(entry, "div", "variant-bar").attr("aria-hidden", "true");
    drawFigures(add(entry, "div", "variant-figures"), variant, written);
    return { bar, pieces: piecesOf(variant, order) };
  });
  const foot = add(section, "div", "variant-row").attr("aria-hidden", "true");
  drawStackedBars({ bars: places, axis: add(foot, "div", "variant-bar") }, view.until);
  drawStageTable(section, view, order);
}

/** Indices, the costliest stage of the one as written first: as the overview lists them. */
const stageOrder = ({ stages }: VariantFigures): number[] =>
  stages
    .map(({ selfMs }, index) => ({ selfMs, index }))
    .sort((a, b) => b.selfMs - a.selfMs || a.index - b.index)
    .map(({ index }) => index);

const piecesOf = ({ stages }: VariantFigures, order: readonly number[]) =>
  order.flatMap((index) => {
    const stage = stages[index];
    return stage ? [{ stage: index, name: stage.name, ms: stage.selfMs }] : [];
  });

function drawFigures(host: Part, variant: VariantFigures, written: VariantFigures): void {
  const { stagesMs, speed, peakMemoryMB } = variant;
  const verdict = verdictOf(variant.sound);
  const first = add(host, "p");
  add(first, "b", "", formatDuration(stagesMs));
  if (variant !== written) {
    addPace(first, stagesMs, written.stagesMs, chanceBetween(variant, written));
    if (verdict) addVerdict(first, verdict, SOUNDS[verdict]);
  }
  const facts = [`${formatSpeed(speed)} real time`, `${formatBytes(peakMemoryMB * 2 ** 20)} at its peak`];
  add(host, "p", "quiet small", facts.join(" · "));
}
