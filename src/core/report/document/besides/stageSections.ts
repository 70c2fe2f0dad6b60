import type { Run } from "../../../run/run.ts";
import { section, type ReportSection } from "../report.ts";
import {
  collectionColumns,
  ioColumns,
  memoryColumns,
  MEMORY_NOTE,
  stageColumnTable,
  type StageColumns,
} from "./stageColumns.ts";

/** What stages allocate, and what collecting it costs them. */
export const stageMemorySection = (run: Run): ReportSection[] =>
  ofStages("Memory and collections by stage", run, [memoryColumns, collectionColumns]);

/** What stages read, wrote and asked of other machines, in all. */
export const stageIoSection = (run: Run): ReportSection[] =>
  ofStages("Files and network by stage", run, [ioColumns]);

/** The same in tables that a terminal has room for. */
export const narrowStageSections = (run: Run): ReportSection[] => [
  ...ofStages("Memory by stage", run, [memoryColumns]),
  ...ofStages("Collections by stage", run, [collectionColumns]),
  ...stageIoSection(run),
];

function ofStages(title: string, run: Run, groups: readonly StageColumns[]): ReportSection[] {
  const table = stageColumnTable(run, groups);
  const isExplained = groups.includes(memoryColumns) && (run.stageMemory?.stages.length ?? 0) > 0;
  return table.rows.length === 0 ? [] : section(title, { table, notes: isExplained ? [MEMORY_NOTE] : [] });
}
