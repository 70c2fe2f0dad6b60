import { l10n, window, type QuickPickItem } from "vscode";
import { formatShare } from "../../core/format.ts";
import type { Run } from "../../core/run/run.ts";
import type { Panel } from "../panel/panel.ts";
import type { RunOnShow } from "../runs/shownRun.ts";
import type { Profiler } from "./profile.ts";

/** Profiles the shown run's recording again and looks into the heap after a stage, which the person chooses. */
export async function heapAfterStage(shown: RunOnShow, profiler: Profiler, panel: Panel): Promise<void> {
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
  if (profiled > 0) panel.open({ view: "tuning" });
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
