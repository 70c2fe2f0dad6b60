import { commands, l10n, Uri, window, workspace } from "vscode";
import { writeStarter } from "../../client/pipelineFiles/pipelineFiles.ts";
import type { Messages } from "./messages.ts";

/** Writes a starter and opens it; gives its path, null where no folder could take it. */
export async function newPipeline(libraryTypes: string, messages: Messages): Promise<string | null> {
  const folder = await folderForPipeline();
  if (!folder) return null;
  try {
    const path = await writeStarter(folder.fsPath, libraryTypes);
    await window.showTextDocument(Uri.file(path));
    return path;
  } catch (error) {
    messages.failed(error);
    return null;
  }
}

/** The workspace folder, or one that the person names; undefined where they named none. */
export async function folderForPipeline(): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  const [first] = folders;
  if (first && folders.length === 1) return first.uri;
  if (first) {
    const placeHolder = l10n.t("Which folder shall hold the pipeline?");
    return (await window.showWorkspaceFolderPick({ placeHolder }))?.uri;
  }
  const chosen = await window.showOpenDialog({
    title: l10n.t("Which folder shall hold the pipeline?"),
    openLabel: l10n.t("Write It Here"),
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return chosen?.[0];
}

/** In a new window, so that nothing of the present one is closed. */
export async function openFolder(path: string): Promise<void> {
  await commands.executeCommand("vscode.openFolder", Uri.file(path), { forceNewWindow: true });
}
