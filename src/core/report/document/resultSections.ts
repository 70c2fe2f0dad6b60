import { resultRows } from "../../run/resultRows.ts";
import type { Run } from "../../run/run.ts";
import { variantResultLines } from "../variantsReport.ts";
import { section, tableOf, type ReportSection } from "./report.ts";

/** What stages emitted. */
export function resultSections(run: Run): ReportSection[] {
  const rows = resultRows(run).map(({ stage, name, parts }) => [stage, name, parts.join(", ")]);
  return section(run.variants.length === 0 ? "Results" : "Results as written", {
    notes: variantResultLines(run),
    table: tableOf(["stage", "result", "value"], rows),
  });
}
