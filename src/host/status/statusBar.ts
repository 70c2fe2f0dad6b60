import { Disposable, l10n, StatusBarAlignment, window } from "vscode";
import { COMMANDS } from "../ids.ts";
import type { RunOnShow } from "../runs/shownRun.ts";
import { statusDetails, statusOf } from "./statusText.ts";

/** Whether the shown run keeps up with real time; a click opens the panel. */
export function createStatusBar(shown: RunOnShow): Disposable {
  const item = window.createStatusBarItem("speed", StatusBarAlignment.Right, 100);
  item.name = "Waveflame";
  item.command = COMMANDS.showPanel;
  const subscription = shown.onDidChange((current) => {
    if (!current) {
      item.hide();
      return;
    }
    item.text = statusOf(current.run, l10n.t);
    item.tooltip = statusDetails(current.run, l10n.t);
    item.show();
  });
  return Disposable.from(item, subscription);
}
