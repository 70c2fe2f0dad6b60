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
  const text = diagnosticsOf({
    waveflame,
    editor: `${env.appName} ${version}`,
    hostNode: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    remote: env.remoteName !== undefined,
    trusted: workspace.isTrusted,
    folders: workspace.workspaceFolders?.length ?? 0,
    machine: shown.current?.run.machine ?? null,
    runtime: shown.current?.run.runtime ?? null,
    settings: settings.of(),
    lastError,
  });
  await env.clipboard.writeText(text);
  void window.showInformationMessage(
    l10n.t("The diagnostics are on the clipboard; they name no files of yours."),
  );
}
