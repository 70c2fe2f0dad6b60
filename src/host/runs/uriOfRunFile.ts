import { l10n, Uri, workspace } from "vscode";
import { runFileOf } from "./fileKeys.ts";

/**
 * Where a file is that a run names.
 * @throws Error with a sentence where a saved run, which may come from anywhere, mustn't lead there.
 */
export function uriOfRunFile(file: string, folder: string | null): Uri {
  const { path, isInside, isRemote } = runFileOf(file, folder);
  if (isRemote) {
    throw new Error(
      l10n.t("{0} lies on another machine, where a saved run doesn't reach: open it yourself.", file),
    );
  }
  const uri = Uri.file(path);
  if (!isInside && !workspace.isTrusted && !workspace.getWorkspaceFolder(uri)) {
    throw new Error(
      l10n.t("{0} lies outside the workspace, which isn't trusted: trust it first, then try again.", file),
    );
  }
  return uri;
}
