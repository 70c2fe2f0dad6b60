import { join } from "node:path";
import { commands, Disposable, type LogOutputChannel, type Uri } from "vscode";
import { openSample } from "../../client/sample/sample.ts";
import type { PanelPlace } from "../../protocol/panel.ts";
import type { Visibility } from "../annotations/visibility.ts";
import { copyDiagnostics } from "../diagnostics/diagnostics.ts";
import { COMMANDS } from "../ids.ts";
import type { OwnFiles } from "../ownFiles.ts";
import type { Panel } from "../panel/panel.ts";
import type { RunShelf } from "../runs/runShelf.ts";
import type { RunOnShow } from "../runs/shownRun.ts";
import type { HostSettings } from "../settings/hostSettings.ts";
import type { HottestLines } from "./hottestLines.ts";
import type { Messages } from "./messages.ts";
import { copyShippedPipeline } from "./copyPipeline.ts";
import { exportShownRun } from "./exportRun.ts";
import { heapAfterStage } from "./heapAfterStage.ts";
import { openForeignProfile } from "./openProfile.ts";
import { openRun } from "./openRun.ts";
import { newPipeline, openFolder } from "./newPipeline.ts";
import { saveReport } from "./saveReport.ts";
import type { Profiler } from "./profile.ts";

export interface CommandParts {
  readonly own: OwnFiles;
  readonly profiler: Profiler;
  readonly panel: Panel;
  readonly shown: RunOnShow;
  readonly shelf: RunShelf;
  readonly visibility: Visibility;
  readonly hottest: HottestLines;
  readonly messages: Messages;
  readonly settings: HostSettings;
  readonly log: LogOutputChannel;
}

/** Explorers pass the clicked file and all selected ones; the palette passes none. */
type Clicked = readonly [clicked?: Uri, selected?: readonly Uri[]];

const recordingsOf = ([clicked, selected = []]: Clicked): readonly Uri[] =>
  selected.length > 0 ? selected : clicked ? [clicked] : [];

/** What the manifest names, and what each one does. */
export function registerCommands(parts: CommandParts): Disposable {
  const { own, profiler, panel, shown, visibility, hottest, messages, settings, log } = parts;

  const showPanel = async (place?: PanelPlace): Promise<void> => {
    if (!shown.current) {
      const newest = await parts.shelf.newest();
      if (newest) shown.show(newest);
    }
    panel.open(place);
  };

  const handlers: Readonly<Record<keyof typeof COMMANDS, (...given: never[]) => unknown>> = {
    profile: (...given: Clicked) => profiler.profile(recordingsOf(given)),
    profileWithPipeline: (...given: Clicked) => profiler.profileWithPipeline(recordingsOf(given)),
    profileAgain: () => profiler.again(),
    profileVariants: (...given: Clicked) => profiler.profile(recordingsOf(given), "variants"),
    profileVariantsAgain: () => profiler.again("variants"),
    copyPipeline: () => copyShippedPipeline(own),
    newPipeline: () => newPipeline(own.libraryTypes, messages),
    openSample: async () =>
      openFolder(await openSample(own.sample, join(own.storage, "sample"), own.libraryTypes)),
    openRun: async () => {
      if (await openRun(parts.shelf, shown)) panel.open();
    },
    openProfile: async (clicked?: Uri) => {
      if (await openForeignProfile(clicked, parts)) panel.open({ view: "overview" });
    },
    heapAfterStage: () => heapAfterStage(parts),
    exportRun: () => exportShownRun(shown, messages),
    saveReport: () => saveReport(shown, settings, messages),
    showPanel: (place?: PanelPlace) => showPanel(place),
    showHottestLines: () => hottest.list(),
    nextHotLine: () => hottest.step(1),
    previousHotLine: () => hottest.step(-1),
    showAnnotations: () => visibility.set(true),
    hideAnnotations: () => visibility.set(false),
    clearAnnotations: () => shown.show(null),
    showFlameGraphOfStage: (place?: Omit<PanelPlace, "view">) => showPanel({ ...place, view: "flame" }),
    copyDiagnostics: () => copyDiagnostics(own.version, shown, messages.lastError, settings),
    showLog: () => log.show(),
  };

  const guarded =
    (handler: (...given: never[]) => unknown) =>
    async (...given: never[]): Promise<unknown> => {
      try {
        return await handler(...given);
      } catch (error) {
        messages.failed(error);
        return undefined;
      }
    };

  return Disposable.from(
    ...Object.entries(handlers).map(([name, handler]) =>
      commands.registerCommand(COMMANDS[name as keyof typeof COMMANDS], guarded(handler)),
    ),
  );
}
