import { formatDuration } from "../../src/core/format.ts";
import type { VariantFigures, VariantStage } from "../../src/core/variants/variants.ts";
import { chanceBetween, variantName } from "../../src/core/variants/variantWords.ts";
import { add, addButton } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { addSwatch } from "../parts/icon.ts";
import { addPace } from "../parts/signs.ts";
import { addTable } from "../parts/stackingTable.ts";
import type { TableRow } from "../parts/stackingTable.ts";
import { stageColour, texturePaint } from "../theme/textures.ts";
import type { View } from "../view.ts";

const NAME_PX = 150;
const VARIANT_PX = 185;

/** Stage by variant: its time, and what that is beside the one as written. */
export function drawStageTable(host: Part, view: View, order: readonly number[]): void {
  const { variants } = view.run;
  const table = addTable(host, {
    className: "stage-times",
    label: "Time of each stage, by variant",
    columns: ["Stage", ...variants.map(variantName)].map((title) => ({ title })),
    narrowestPx: NAME_PX + VARIANT_PX * variants.length,
    until: view.until,
  });
  for (const index of order) {
    const name = variants[0]?.stages[index]?.name ?? "";
    const row = table.addRow();
    addStage(row.addHead(), view, name, index);
    addTimes(row, variants, ({ stages }) => stages[index]);
  }
  const all = table.addRow("total");
  add(all.addHead(), "b", "", "all");
  addTimes(all, variants, ({ stagesMs, name }) => ({ name: "all", variant: name, selfMs: stagesMs }));
}

function addStage(cell: Part, view: View, name: string, index: number): void {
  addSwatch(cell, texturePaint(index), `var(${stageColour(index)})`);
  addButton(cell, "name-button", name, () => view.go({ view: "flame", stage: name })).attr(
    "title",
    `Show ${name} as written in the flame graph`,
  );
}

function addTimes(
  row: TableRow,
  variants: readonly VariantFigures[],
  stageOf: (variant: VariantFigures) => VariantStage | undefined,
): void {
  const [asWritten] = variants;
  const written = asWritten && stageOf(asWritten);
  for (const variant of variants) {
    const stage = stageOf(variant);
    const cell = row.addCell();
    if (!stage || !asWritten || !written) continue;
    const time = add(cell, "span", "time-and-pace");
    add(time, "b", "", formatDuration(stage.selfMs));
    if (variant.name === null) continue;
    // Where a variant has no other code for a stage, another time is chance.
    if (stage.variant === null) add(time, "span", "quiet", "same code");
    else addPace(time, stage.selfMs, written.selfMs, chanceBetween(variant, asWritten));
  }
}
