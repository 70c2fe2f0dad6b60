import { BLOCK_SIZES, deadlineAt, SAMPLE_RATES } from "../../src/core/deadlines/deadlineAt.ts";
import type { DeadlineAt } from "../../src/core/deadlines/deadlineAt.ts";
import { formatCount, formatDuration, formatLoad, formatNumber, formatRate } from "../../src/core/format.ts";
import type { Hertz } from "../../src/core/units.ts";
import { add } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { addTable } from "../parts/stackingTable.ts";
import type { View } from "../view.ts";

const COLUMNS = [
  { title: "Block", isNumber: true },
  { title: "Lasts", isNumber: true },
  { title: "Average load", isNumber: true },
  { title: "Peak load", isNumber: true },
  { title: "p99.9", isNumber: true },
  { title: "Worst", isNumber: true },
  { title: "Late", isNumber: true },
  { title: "Headroom", isNumber: true },
];

/** Deadlines in blocks of other sizes and at other rates, on request. */
export function drawBlockSizes(host: Part, view: View): void {
  const { blockSizes, audio } = view.run;
  if (blockSizes.length === 0) return;
  const details = add(host, "details", "block-sizes");
  add(details, "summary", "", "Other block sizes and sample rates");
  const choice = add(details, "label", "quiet small", "At ");
  const rates = [...new Set([audio.sampleRate, ...SAMPLE_RATES])].sort((a, b) => a - b);
  const picker = add(choice, "select").attr("aria-label", "Sample rate");
  for (const rate of rates)
    add(picker, "option", "", formatRate(rate))
      .attr("value", rate)
      .attr("selected", rate === audio.sampleRate ? "" : null);
  const place = add(details, "div");
  const draw = (rate: Hertz): void => {
    place.node()?.replaceChildren();
    drawTable(place, view, rate);
  };
  picker.on("change", (event: Event) => {
    if (event.target instanceof HTMLSelectElement) draw(Number(event.target.value));
  });
  draw(audio.sampleRate);
  add(
    details,
    "p",
    "quiet small",
    "≈ stands before what is estimated: blocks that ran, taken together or apart, and the same work at another rate. waveflame.measure.blockSizes measures other sizes.",
  );
}

function drawTable(host: Part, view: View, rate: Hertz): void {
  const { blockSizes, audio, pipeline } = view.run;
  const sizes = [...new Set([pipeline.blockFrames, ...BLOCK_SIZES])].sort((a, b) => a - b);
  const table = addTable(host, {
    className: "block-size-table",
    label: `Deadlines by block size at ${formatRate(rate)}`,
    columns: COLUMNS,
    narrowestPx: 560,
    until: view.until,
  });
  for (const frames of sizes) {
    const deadline = deadlineAt(blockSizes, audio.sampleRate, frames, rate);
    if (deadline) addRow(table, deadline);
  }
}

function addRow(table: ReturnType<typeof addTable>, deadline: DeadlineAt): void {
  const about = deadline.isMeasured ? "" : "≈\u202f";
  const row = table.addRow(deadline.overruns > 0 ? "late" : "");
  row.addHead(formatCount(deadline.blockFrames)).classed("number", true);
  row.addCell("", formatDuration(deadline.budgetMs));
  row.addCell("", about + formatLoad(deadline.averageLoad));
  row.addCell("", about + formatLoad(deadline.peakLoad));
  row.addCell("", about + formatDuration(deadline.p999));
  row.addCell("", about + formatDuration(deadline.worst));
  row.addCell(
    "",
    deadline.overruns === 0
      ? "none"
      : `${about}${formatCount(deadline.overruns)} of ${formatCount(deadline.blocks)}`,
  );
  row.addCell("", `${about}${formatNumber(deadline.headroom)}×`);
}
