import { workspace, type ConfigurationScope, type LogOutputChannel } from "vscode";
import { readSettings, type Settings } from "../../client/settings.ts";

/** The settings that hold for a file or folder; values that can't be used are logged and replaced. */
export function settingsFor(scope: ConfigurationScope | undefined, log: LogOutputChannel): Settings {
  const configuration = workspace.getConfiguration("waveflame", scope);
  const { settings, problems } = readSettings((key) => configuration.get(key));
  for (const problem of problems) log.warn(problem);
  return settings;
}
