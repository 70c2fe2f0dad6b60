import { env, l10n, version, window, workspace } from "vscode";
import type { RunOnShow } from "../runs/shownRun.ts";
import type { HostSettings } from "../settings/hostSettings.ts";
import { diagnosticsOf } from "./diagnosticsText.ts";

export async function copyDiagnostics(
  waveflame: string,
  shown: RunOnShow,
  lastError: string | null,
  settings: HostSettings,
): Promise<void> {
  // Another tool's profile tells nothing of this machine.
  const measured = shown.current?.run.imported ? null : shown.current?.run;
  const text = diagnosticsOf({
    waveflame,
    editor: `${env.appName} ${version}`,
    hostNode: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    remote: env.remoteName !== undefined,
    trusted: workspace.isTrusted,
    folders: workspace.workspaceFolders?.length ?? 0,
    machine: measured?.machine ?? null,
    runtime: measured?.runtime ?? null,
    settings: settings.of(),
    lastError,
  });
  await env.clipboard.writeText(text);
  void window.showInformationMessage(
    l10n.t("The diagnostics are on the clipboard; they name no files of yours."),
  );
}
