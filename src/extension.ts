import { window, type ExtensionContext } from "vscode";
import { createAnnotations } from "./host/annotations/annotations.ts";
import { createVisibility } from "./host/annotations/visibility.ts";
import { createPipelineChoice } from "./host/commands/choosePipeline.ts";
import { createHottestLines } from "./host/commands/hottestLines.ts";
import { createMessages } from "./host/commands/messages.ts";
import { createProfiler } from "./host/commands/profile.ts";
import { registerCommands } from "./host/commands/registerCommands.ts";
import { PANEL_TYPE } from "./host/ids.ts";
import { createStageLenses } from "./host/lenses/stageLenses.ts";
import { ownFilesOf } from "./host/ownFiles.ts";
import { createPanel } from "./host/panel/panel.ts";
import { createPanelMemory } from "./host/panel/panelMemory.ts";
import { createProblems } from "./host/problems/problems.ts";
import { createRunShelf } from "./host/runs/runShelf.ts";
import { createRunOnShow } from "./host/runs/shownRun.ts";
import { createTrackedFiles } from "./host/runs/trackedFiles.ts";
import { createHostSettings } from "./host/settings/hostSettings.ts";
import { createStatusBar } from "./host/status/statusBar.ts";

/** Creates the parts and passes them on. */
export function activate(context: ExtensionContext): void {
  const own = ownFilesOf(context);
  const log = window.createOutputChannel("Waveflame", { log: true });
  const messages = createMessages(log);
  const settings = createHostSettings(log);
  const shown = createRunOnShow();
  const shelf = createRunShelf(context, log);
  const files = createTrackedFiles(shown);
  const visibility = createVisibility(shown);
  const hottest = createHottestLines(shown, files, settings, messages);
  const pipelines = createPipelineChoice({ state: context.workspaceState, own, messages, settings });
  const profiler = createProfiler({
    own,
    shown,
    shelf,
    pipelines,
    messages,
    settings,
    log,
    onDone: async (what, busy) => {
      if (what === "variants") panel.open({ view: "variants" });
      else if (busy) hottest.announce();
      else await hottest.list();
    },
  });
  const panel = createPanel({
    own,
    shown,
    shelf,
    settings,
    memory: createPanelMemory(context.workspaceState),
    log,
    actions: {
      openSource: (place) => {
        hottest.open(place).catch((error: unknown) => messages.failed(error));
      },
      runAgain: () => {
        profiler.again().catch((error: unknown) => messages.failed(error));
      },
    },
  });

  context.subscriptions.push(
    log,
    settings,
    shown,
    files,
    visibility,
    hottest,
    createAnnotations(shown, files, visibility, settings),
    createStageLenses(shown, files, visibility),
    createProblems(shown, files, settings, log),
    createStatusBar(shown, settings),
    panel,
    window.registerWebviewPanelSerializer(PANEL_TYPE, {
      deserializeWebviewPanel: (view) => panel.revive(view),
    }),
    registerCommands({ own, profiler, panel, shown, shelf, visibility, hottest, messages, settings, log }),
  );
}
