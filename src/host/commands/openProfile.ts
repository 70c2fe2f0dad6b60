import { l10n, ProgressLocation, window, workspace, type Uri } from "vscode";
import { openProfile } from "../../client/exchange/openProfile.ts";
import type { OwnFiles } from "../ownFiles.ts";
import type { RunShelf } from "../runs/runShelf.ts";
import type { RunOnShow } from "../runs/shownRun.ts";
import type { Messages } from "./messages.ts";

interface OpenProfileParts {
  readonly own: OwnFiles;
  readonly shelf: RunShelf;
  readonly shown: RunOnShow;
  readonly messages: Messages;
}

/** Another tool's profile, which a person clicked or chooses, as the shown run; true where it is shown then. */
export async function openForeignProfile(
  clicked: Uri | undefined,
  parts: OpenProfileParts,
): Promise<boolean> {
  const file = clicked ?? (await chosenProfile());
  if (!file) return false;
  const { outcome, folder } = await window.withProgress(
    { location: ProgressLocation.Window, title: l10n.t("Opening the profile") },
    () =>
      openProfile(file.fsPath, { folders: foldersFor(file), waveflame: parts.own.version, now: new Date() }),
  );
  const { run, note } = await parts.shelf.save(outcome, folder);
  parts.shown.show(run);
  if (note !== null) parts.messages.inform(note);
  return true;
}

/** The profile's own folder first: its sources may lie in any. */
function foldersFor(file: Uri): readonly string[] {
  const own = workspace.getWorkspaceFolder(file);
  const folders = workspace.workspaceFolders ?? [];
  return [...(own ? [own] : []), ...folders].map(({ uri }) => uri.fsPath);
}

async function chosenProfile(): Promise<Uri | undefined> {
  const chosen = await window.showOpenDialog({
    title: l10n.t("Open which profile?"),
    openLabel: l10n.t("Open Profile"),
    filters: {
      [l10n.t("Profiles")]: ["cpuprofile", "json", "txt", "collapsed", "folded", "gz"],
      [l10n.t("All files")]: ["*"],
    },
  });
  return chosen?.[0];
}
