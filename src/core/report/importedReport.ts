import { importedWords } from "../run/cost.ts";
import type { Run } from "../run/run.ts";
import { importedVerdict, otherThreads, threadTable } from "./parts/importedParts.ts";
import { harmless, table, type Paint } from "./terminalText.ts";

/** What stands first in a terminal's report of another tool's profile. */
export const importedHeadline = (
  run: Run,
  imported: NonNullable<Run["imported"]>,
  paint: Paint,
): string[] => [
  `${paint("strong", harmless(imported.file))} ${paint("quiet", `(${harmless(importedWords(imported))})`)}`,
  importedVerdict(run, imported),
];

export function threadLines(run: Run, paint: Paint): string[] {
  const { columns, rows } = threadTable(run);
  return [...table(columns, rows, paint), ...otherThreads(run).map((words) => paint("quiet", words))];
}
