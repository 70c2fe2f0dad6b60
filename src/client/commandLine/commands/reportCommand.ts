import { resolve } from "node:path";
import { reportText } from "../../../core/report/reportFormats.ts";
import type { Run } from "../../../core/run/run.ts";
import { reportOptions, writeReport } from "../../reports/writeReport.ts";
import { findRun } from "../../runs/findRun.ts";
import { RunStore } from "../../runs/runStore.ts";
import { settingsOfFolder } from "../../settings/folderSettings.ts";
import type { Surroundings } from "../surroundings.ts";
import { tellProblems } from "../tellProblems.ts";
import type { ReportCommand } from "./reportArguments.ts";

/** Writes a report of a saved run. @throws Error with a sentence where there is none, or it can't be written */
export async function reportRun(
  { run: named, format, output, overrides }: ReportCommand,
  { folder, terminal, storage }: Pick<Surroundings, "folder" | "terminal" | "storage">,
): Promise<void> {
  const { settings, problems } = await settingsOfFolder(folder, overrides);
  tellProblems(problems, terminal.error);
  const run = await findRun(named, { workspace: folder, fallback: storage });
  const text = reportText(
    run,
    format,
    reportOptions(settings, await sourcesOf(run, new RunStore({ workspace: folder, fallback: storage }))),
  );
  if (output === "-") terminal.out.write(text);
  else await writeReport(resolve(folder, output), text, format, "change --output");
}

/** As they were measured, as far as they are kept. */
async function sourcesOf({ pipeline }: Run, store: RunStore): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const { file, sha256 } of pipeline.files) {
    const text = await store.source(sha256);
    if (text !== null) texts.set(file, text);
  }
  return texts;
}
