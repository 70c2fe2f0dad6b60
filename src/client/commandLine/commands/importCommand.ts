import { resolve } from "node:path";
import { terminalReport } from "../../../core/report/terminalReport.ts";
import { openProfile } from "../../exchange/openProfile.ts";
import { RunStore } from "../../runs/runStore.ts";
import { settingsOfFolder } from "../../settings/folderSettings.ts";
import { checkJsonPath, checkReplaced, jsonText, writeJson } from "../jsonOutput.ts";
import { keepsRuns } from "../keepsRuns.ts";
import { shownPath } from "../shownPath.ts";
import type { Surroundings } from "../surroundings.ts";
import type { ImportCommand } from "./importArguments.ts";

/**
 * Shows another tool's profile as a run, and keeps it where runs are kept.
 * @throws Error with a sentence for what isn't a profile, or a damaged one.
 */
export async function importOne({ file, json, quiet }: ImportCommand, around: Surroundings): Promise<void> {
  const { folder, terminal, storage, version } = around;
  const path = resolve(folder, file);
  const jsonPath = json === null || json === "-" ? null : resolve(folder, json);
  if (jsonPath !== null) {
    await checkJsonPath(jsonPath);
    await checkReplaced(jsonPath, [path], "profile");
  }
  const { outcome } = await openProfile(path, { folders: [folder], waveflame: version, now: new Date() });
  const { settings } = await settingsOfFolder(folder, []);
  const isKept = await keepsRuns(folder, settings.pipelines, path);
  const saved = isKept ? await new RunStore({ workspace: folder, fallback: storage }).save(outcome) : null;
  const run = saved?.run ?? outcome.run;
  const reportTo = json === "-" ? terminal.error : terminal.out;
  if (!quiet) {
    const texts = new Map(outcome.sources.map((source) => [source.file, source.text]));
    const { colour, columns } = reportTo;
    const source = (named: string): string | null => texts.get(named) ?? null;
    reportTo.write(`${terminalReport(run, { colour, columns, source, parameters: {}, alerts: [] })}\n`);
    if (saved?.path)
      terminal.error.write(`${terminal.error.paint("quiet", `Saved as ${shownPath(saved.path, folder)}`)}\n`);
  }
  if (json === "-") terminal.out.write(jsonText([run], false));
  else if (jsonPath !== null) await writeJson(jsonPath, jsonText([run], false));
}
