import { resolve } from "node:path";
import { reportText } from "../../core/report/reportFormats.ts";
import type { Run } from "../../core/run/run.ts";
import { reportOptions, writeReport } from "../reports/writeReport.ts";
import { findRun } from "../runs/findRun.ts";
import { RunStore } from "../runs/runStore.ts";
import { settingsOfFolder } from "../settings/folderSettings.ts";
import type { Surroundings } from "./profileCommand.ts";
import type { ReportCommand } from "./reportArguments.ts";
import { tellProblems } from "./tellProblems.ts";

/** Writes a report of a saved run. @throws Error with a sentence where there is none, or it can't be written */
export async function reportRun(
  { run: named, format, output, overrides }: ReportCommand,
  { folder, terminal }: Pick<Surroundings, "folder" | "terminal">,
): Promise<void> {
  const { settings, problems } = await settingsOfFolder(folder, overrides);
  tellProblems(problems, terminal.error);
  const run = await findRun(named, folder);
  const text = reportText(run, format, reportOptions(settings, await sourcesOf(run, folder)));
  if (output === "-") terminal.out.write(text);
  else await writeReport(resolve(folder, output), text, format, "change --output");
}

/** As they were measured, as far as the folder keeps them. */
async function sourcesOf({ pipeline }: Run, folder: string): Promise<Map<string, string>> {
  const store = new RunStore({ workspace: folder, fallback: null });
  const texts = new Map<string, string>();
  for (const { file, sha256 } of pipeline.files) {
    const text = await store.source(sha256);
    if (text !== null) texts.set(file, text);
  }
  return texts;
}
