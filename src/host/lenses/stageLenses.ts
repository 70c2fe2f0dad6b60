import {
  CodeLens,
  Disposable,
  EventEmitter,
  l10n,
  languages,
  Range,
  type CodeLensProvider,
  type TextDocument,
} from "vscode";
import { toBase0 } from "../../core/units.ts";
import type { PanelPlace } from "../../protocol/panel.ts";
import type { Visibility } from "../annotations/visibility.ts";
import { COMMANDS } from "../ids.ts";
import type { RunOnShow } from "../runs/shownRun.ts";
import type { TrackedFiles } from "../runs/trackedFiles.ts";
import { lensOf } from "./lensText.ts";

const FOCUS_SETTLES_MS = 1000;

/** One line above each stage: what it cost, and what one can do about it. */
export function createStageLenses(shown: RunOnShow, files: TrackedFiles, visibility: Visibility): Disposable {
  const changed = new EventEmitter<void>();
  const again = (): void => changed.fire();
  let later: NodeJS.Timeout | undefined;

  const provider: CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document: TextDocument): CodeLens[] => {
      const run = shown.current?.run;
      const file = files.fileOf(document);
      if (!run || file === null || !visibility.shown) return [];
      return run.stages.flatMap((stage) => {
        const place = stage.file === file ? files.placeIn(document, stage.line) : null;
        if (!place) return [];
        const range = new Range(toBase0(place.line), 0, toBase0(place.line), 0);
        const overview: PanelPlace = { view: "overview", stage: stage.name };
        return [
          new CodeLens(range, {
            title: lensOf(stage, place.fresh, l10n.t),
            tooltip: l10n.t("Open the panel"),
            command: COMMANDS.showPanel,
            arguments: [overview],
          }),
          new CodeLens(range, {
            title: l10n.t("Flame graph here"),
            command: COMMANDS.showFlameGraphOfStage,
            arguments: [{ stage: stage.name }],
          }),
          ...(stage.variants.length > 0
            ? [
                new CodeLens(range, {
                  title: l10n.t("Profile variants"),
                  tooltip: l10n.t("Run all variants on the same recording and compare time and sound"),
                  command: COMMANDS.profileVariantsAgain,
                }),
              ]
            : []),
        ];
      });
    },
  };

  return Disposable.from(
    languages.registerCodeLensProvider({ scheme: "file" }, provider),
    shown.onDidChange(() => {
      again();
      // What the editor was told it forgets when the focus leaves the source at once, as it does for the panel.
      clearTimeout(later);
      later = setTimeout(again, FOCUS_SETTLES_MS);
    }),
    { dispose: () => clearTimeout(later) },
    visibility.onDidChange(again),
    files.onDidFollow(again),
    changed,
  );
}
