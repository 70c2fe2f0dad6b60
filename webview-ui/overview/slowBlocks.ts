import { slowBlocksSection } from "../../src/core/report/document/besides/slowBlockSections.ts";
import type { Part } from "../parts/dom.ts";
import { drawReportSection } from "../parts/reportTable.ts";
import type { View } from "../view.ts";

/** When a block takes longer, and why: where some do. */
export function drawSlowBlocks(host: Part, view: View): void {
  for (const section of slowBlocksSection(view.run))
    if (section.table) drawReportSection(host, view, "slow-blocks", section);
}
