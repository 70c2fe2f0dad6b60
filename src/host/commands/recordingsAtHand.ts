import { l10n, TabInputCustom, TabInputText, window, type Uri } from "vscode";
import { AUDIO_EXTENSIONS } from "../../core/names/audioExtensions.ts";

/** For the command palette, which passes no files: the recording in front, else what a person chooses. */
export async function recordingsAtHand(): Promise<readonly Uri[]> {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  const inFront = input instanceof TabInputCustom || input instanceof TabInputText ? input.uri : null;
  if (inFront && isRecording(inFront)) return [inFront];
  const chosen = await window.showOpenDialog({
    title: l10n.t("Profile which recordings?"),
    openLabel: l10n.t("Profile"),
    canSelectMany: true,
    filters: { [l10n.t("Recordings")]: [...AUDIO_EXTENSIONS], [l10n.t("All files")]: ["*"] },
  });
  return chosen ?? [];
}

const isRecording = ({ path }: Uri): boolean =>
  AUDIO_EXTENSIONS.some((extension) => path.toLowerCase().endsWith(`.${extension}`));
