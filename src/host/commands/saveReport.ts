import { join } from "node:path";
import { env, l10n, Uri, window, workspace, type QuickPickItem } from "vscode";
import { REPORT_FORMATS, reportText, type ReportFormat } from "../../core/report/reportFormats.ts";
import { reportName } from "../../client/reports/reportName.ts";
import { reportOptions } from "../../client/reports/writeReport.ts";
import type { RunOnShow } from "../runs/shownRun.ts";
import { scopeOfFolder, type HostSettings } from "../settings/hostSettings.ts";
import type { Messages } from "./messages.ts";

interface FormatItem extends QuickPickItem {
  readonly format: ReportFormat;
}

/** Writes a report of the run on show where a person says. */
export async function saveReport(
  shown: RunOnShow,
  settings: HostSettings,
  messages: Messages,
): Promise<void> {
  const { current } = shown;
  if (!current) return;
  const chosen = await window.showQuickPick(formatItems(), { title: l10n.t("Save the report as what?") });
  if (!chosen) return;
  const { format } = chosen;
  const { run, folder, sources } = current;
  const name = reportName(run, format);
  const target = await window.showSaveDialog({
    title: l10n.t("Save Report"),
    defaultUri: Uri.file(folder === null ? name : join(folder, name)),
    filters: { [chosen.label]: [format] },
  });
  if (!target) return;
  const text = reportText(run, format, reportOptions(settings.of(scopeOfFolder(folder)), sources));
  // The dialog has asked whether a file of that name may be replaced.
  await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  messages.inform(l10n.t("Report saved as {0}.", workspace.asRelativePath(target)), {
    title: l10n.t("Open"),
    run: () => openReport(target, format),
  });
}

const formatItems = (): FormatItem[] => {
  const labels: Readonly<Record<ReportFormat, [string, string]>> = {
    html: ["HTML", l10n.t("tables for a browser or for paper")],
    json: ["JSON", l10n.t("the run itself, for programs")],
    txt: [l10n.t("Text"), l10n.t("for a mail or a log")],
    md: ["Markdown", l10n.t("for a merge request or an assistant")],
  };
  return REPORT_FORMATS.map((format) => {
    const [label, description] = labels[format];
    return { format, label, description };
  });
};

/** A page in the browser, anything else in the editor. */
async function openReport(target: Uri, format: ReportFormat): Promise<void> {
  if (format === "html") await env.openExternal(target);
  else await window.showTextDocument(target);
}
