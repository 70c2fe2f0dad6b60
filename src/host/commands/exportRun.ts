import { commands, l10n, Uri, window, workspace, type QuickPickItem } from "vscode";
import { homedir } from "node:os";
import { join } from "node:path";
import { exportedFile, exportName } from "../../client/exchange/exportedFile.ts";
import {
  EXPORT_FORMATS,
  EXPORT_FORMAT_NAMES,
  type ExportFormatName,
} from "../../core/exchange/export/exportRun.ts";
import type { RunOnShow } from "../runs/shownRun.ts";
import type { Messages } from "./messages.ts";

interface FormatItem extends QuickPickItem {
  readonly format: ExportFormatName;
}

/** Writes the shown run for another tool; gives the file, null where the person chose none. */
export async function exportShownRun(shown: RunOnShow, messages: Messages): Promise<Uri | null> {
  const { current } = shown;
  if (!current) return null;
  const chosen = await window.showQuickPick(formatItems(), { title: l10n.t("Export the run as what?") });
  if (!chosen) return null;
  const { run, folder } = current;
  const { title, ending } = EXPORT_FORMATS[chosen.format];
  const file = await window.showSaveDialog({
    title: l10n.t("Export Run"),
    defaultUri: Uri.file(join(folder ?? homedir(), exportName(run, chosen.format))),
    filters: { [title]: [ending] },
  });
  if (!file) return null;
  await workspace.fs.writeFile(file, await exportedFile(run, chosen.format, folder));
  messages.inform(l10n.t("The run was written as {0}.", file.fsPath), {
    title: l10n.t("Open File"),
    run: () => commands.executeCommand("vscode.open", file),
  });
  return file;
}

function formatItems(): FormatItem[] {
  const tools: Readonly<Record<ExportFormatName, string>> = {
    cpuprofile: l10n.t("for this editor, Chrome DevTools and speedscope, with line ticks"),
    speedscope: l10n.t("for speedscope.app"),
    collapsed: l10n.t("for flamegraph.pl, inferno and many others"),
    pprof: l10n.t("for go tool pprof and its like"),
    "chrome-trace": l10n.t("for Perfetto and chrome://tracing: workers, collections and stages over time"),
    csv: l10n.t("for spreadsheets: stages, lines, functions, memory and files"),
  };
  return EXPORT_FORMAT_NAMES.map((format) => ({
    format,
    label: EXPORT_FORMATS[format].title,
    description: `.${EXPORT_FORMATS[format].ending}`,
    detail: tools[format],
  }));
}
