import { Uri, workspace, type LogOutputChannel } from "vscode";
import { readSettings, type Settings } from "../../client/settings/settings.ts";

export interface HostSettings {
  /** Those that hold for a file or folder, else for the window; values that can't be used are replaced. */
  of(scope?: Uri): Settings;
  dispose(): void;
}

/** What a run's settings are read for. @param folder of the run; null where it lies in none */
export const scopeOfFolder = (folder: string | null): Uri | undefined =>
  folder === null ? undefined : Uri.file(folder);

/** Read once between two changes, because figures ask at each key press; what is wrong is logged as often. */
export function createHostSettings(log: LogOutputChannel): HostSettings {
  const known = new Map<string, Settings>();
  const told = new Set<string>();

  const read = (scope: Uri | undefined): Settings => {
    const configuration = workspace.getConfiguration("waveflame", scope);
    const { settings, problems } = readSettings((key) => configuration.get(key));
    for (const problem of problems) {
      if (!told.has(problem)) log.warn(problem);
      told.add(problem);
    }
    return settings;
  };
  const forget = (): void => {
    known.clear();
    told.clear();
  };
  const subscriptions = [
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("waveflame")) forget();
    }),
    workspace.onDidChangeWorkspaceFolders(forget),
  ];

  return {
    of: (scope) => {
      const key = scope?.toString() ?? "";
      const settings = known.get(key) ?? read(scope);
      known.set(key, settings);
      return settings;
    },
    dispose: () => subscriptions.forEach((one) => void one.dispose()),
  };
}
