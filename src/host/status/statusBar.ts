import { Disposable, l10n, StatusBarAlignment, window, workspace } from "vscode";
import { thresholdsOf } from "../../client/settings/settings.ts";
import { alertsOf } from "../../core/alerts/alerts.ts";
import { COMMANDS } from "../ids.ts";
import type { RunOnShow } from "../runs/shownRun.ts";
import { scopeOfFolder, type HostSettings } from "../settings/hostSettings.ts";
import { statusDetails, statusOf } from "./statusText.ts";

/** Whether the shown run keeps up with real time; a click opens the panel. */
export function createStatusBar(shown: RunOnShow, settings: HostSettings): Disposable {
  const item = window.createStatusBarItem("speed", StatusBarAlignment.Right, 100);
  item.name = "Waveflame";
  item.command = COMMANDS.showPanel;
  const show = (): void => {
    const { current } = shown;
    if (!current) {
      item.hide();
      return;
    }
    item.text = statusOf(current.run, l10n.t);
    const alerts = alertsOf(current.run, thresholdsOf(settings.of(scopeOfFolder(current.folder))));
    item.tooltip = statusDetails(current.run, alerts, l10n.t);
    item.show();
  };
  return Disposable.from(
    item,
    shown.onDidChange(show),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("waveflame.alerts")) show();
    }),
  );
}
