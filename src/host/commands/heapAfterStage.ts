import { commands, l10n, Uri, window, type QuickPickItem } from "vscode";
import { keptHeap } from "../../client/runs/heapFiles.ts";
import { formatShare } from "../../core/format.ts";
import type { Run } from "../../core/run/run.ts";
import type { OwnFiles } from "../ownFiles.ts";
import type { Panel } from "../panel/panel.ts";
import type { RunOnShow } from "../runs/shownRun.ts";
import type { Messages } from "./messages.ts";
import type { Profiler } from "./profile.ts";

export interface HeapParts {
  readonly shown: RunOnShow;
  readonly profiler: Profiler;
  readonly panel: Panel;
  readonly messages: Messages;
  readonly own: OwnFiles;
}

/** Profiles the shown run's recording again and looks into the heap after a stage, which the person chooses. */
export async function heapAfterStage({ shown, profiler, panel, messages, own }: HeapParts): Promise<void> {
  const { current } = shown;
  if (!current) return;
  const stages = stageItems(current.run);
  if (stages.length === 0)
    throw new Error(
      l10n.t("Blocks go through no stage of the shown run, so there is none to look into the heap after."),
    );
  const chosen = await window.showQuickPick(stages, {
    title: l10n.t("Heap snapshot after which stage?"),
    placeHolder: l10n.t("Profiles {0} again, with a look into the heap", current.run.audio.path),
  });
  if (!chosen) return;
  const { profiled } = await profiler.again("pipeline", chosen.label);
  if (profiled === 0) return;
  panel.open({ view: "tuning" });
  const { run, folder } = shown.current ?? current;
  const heap = await keptHeap(folder ?? own.storage, run);
  if (heap === null) return;
  messages.inform(
    l10n.t("The tuning page shows the heap after {0}; the whole snapshot is kept.", chosen.label),
    {
      title: l10n.t("Open Snapshot"),
      run: () => commands.executeCommand("vscode.open", Uri.file(heap)),
    },
  );
}

/** In the order of the pipeline. Of what another tool measured there are none. */
const stageItems = ({ stages, imported }: Run): QuickPickItem[] =>
  imported
    ? []
    : stages
        .filter(({ scope }) => scope !== "file")
        .map(({ name, share }) => ({
          label: name,
          description: l10n.t("{0} of the time", formatShare(share)),
        }));
