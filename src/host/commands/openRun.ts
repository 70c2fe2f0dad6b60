import { l10n, window, type QuickPickItem } from "vscode";
import { formatSpeed } from "../../core/format.ts";
import { baseName } from "../../core/names/paths.ts";
import { importedWords } from "../../core/run/cost.ts";
import type { Run } from "../../core/run/run.ts";
import { formatRunTime } from "../../core/run/runTime.ts";
import { threadLoad } from "../../core/run/threadLoad.ts";
import { speedOf } from "../../core/units.ts";
import type { RunShelf, ShelvedRun } from "../runs/runShelf.ts";
import type { RunOnShow } from "../runs/shownRun.ts";

interface RunItem extends QuickPickItem {
  readonly place: ShelvedRun["place"];
}

/** Lets a person choose one of the saved runs, newest first; true where it is shown then. */
export async function openRun(shelf: RunShelf, shown: RunOnShow): Promise<boolean> {
  const runs = await shelf.list();
  if (runs.length === 0)
    throw new Error(
      l10n.t("No run is saved here yet: right-click a recording and choose “Profile with Waveflame”."),
    );
  const now = new Date();
  const chosen = await window.showQuickPick(
    runs.map((each) => itemOf(each, now)),
    { title: l10n.t("Open which run?"), matchOnDescription: true },
  );
  if (!chosen) return false;
  shown.show(await shelf.load(chosen.place.id, chosen.place.folder));
  return true;
}

function itemOf({ run, place }: ShelvedRun, now: Date): RunItem {
  const when = formatRunTime(run.time, now);
  const speed = l10n.t("{0} real time", formatSpeed(speedOf(threadLoad(run))));
  const facts = run.imported
    ? [importedWords(run.imported), when]
    : [run.pipeline.name, when, speed, ...whatElse(run)];
  return { place, label: baseName(run.audio.path), description: facts.join(" · ") };
}

const whatElse = ({ variants, state }: Run): string[] => [
  ...(variants.length > 0 ? [l10n.t("all variants")] : []),
  ...(state === "cancelled" ? [l10n.t("cancelled")] : []),
];
