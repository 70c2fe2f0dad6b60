import {
  Disposable,
  l10n,
  Uri,
  ViewColumn,
  window,
  workspace,
  type Webview,
  type WebviewPanel,
} from "vscode";
import type { LogOutputChannel } from "vscode";
import { Channel, type Message } from "../../protocol/channel.ts";
import type {
  PanelContent,
  PanelHostMethods,
  PanelPageMethods,
  PanelPlace,
  PanelSettings,
} from "../../protocol/panel.ts";
import { thresholdsOf, type Settings } from "../../client/settings/settings.ts";
import { PANEL_TYPE } from "../ids.ts";
import type { OwnFiles } from "../ownFiles.ts";
import type { RunShelf } from "../runs/runShelf.ts";
import type { RunOnShow, ShownRun } from "../runs/shownRun.ts";
import { scopeOfFolder, type HostSettings } from "../settings/hostSettings.ts";
import { measuredCode } from "./measuredCode.ts";
import { pageOf } from "./page.ts";
import type { PanelMemory } from "./panelMemory.ts";

export interface PanelActions {
  openSource(this: void, place: { readonly file: string; readonly line: number }): void;
  runAgain(this: void): void;
}

export interface PanelParts {
  readonly own: OwnFiles;
  readonly shown: RunOnShow;
  readonly shelf: RunShelf;
  readonly settings: HostSettings;
  readonly memory: PanelMemory;
  readonly log: LogOutputChannel;
  readonly actions: PanelActions;
}

export interface Panel {
  /** Opens it, or brings it to the front; without a place it looks as it was left. */
  open(place?: PanelPlace): void;
  /** After a reload of the window, with the run that it showed. */
  revive(panel: WebviewPanel): Promise<void>;
  dispose(): void;
}

interface OpenPanel {
  readonly view: WebviewPanel;
  readonly page: Channel<PanelPageMethods>;
  /** The page listens; a hidden one is gone and asks again when it is back. */
  listens: boolean;
}

/** There is one; it shows the run whose figures are in the editor. */
export function createPanel(parts: PanelParts): Panel {
  const { shown, memory, log, actions } = parts;
  const folder = Uri.file(parts.own.webview);
  let opened: OpenPanel | null = null;
  let wanted: PanelPlace | undefined;
  let missing = l10n.t(
    "There is no run to show: right-click a recording and choose “Profile with Waveflame”.",
  );

  const contentNow = (): PanelContent => {
    const { current } = shown;
    if (!current) return { kind: "missing", text: missing };
    const place = wanted ??
      memory.placeOf(current.run.id) ?? { view: memory.last()?.place.view ?? "overview" };
    wanted = undefined;
    remember(current, place);
    return {
      kind: "run",
      run: current.run,
      place,
      code: measuredCode(current.run, current.sources),
      settings: panelSettings(parts.settings.of(scopeOfFolder(current.folder))),
    };
  };
  const remember = (seen: ShownRun, place: PanelPlace): void =>
    memory.remember({ run: seen.run.id, folder: seen.folder, place });

  const methods: PanelHostMethods = {
    ready: () => {
      if (opened) opened.listens = true;
      return Promise.resolve(contentNow());
    },
    openSource: (place: { readonly file: string; readonly line: number }) => actions.openSource(place),
    runAgain: () => actions.runAgain(),
    moved: (place: PanelPlace) => {
      if (shown.current) remember(shown.current, place);
    },
  };

  const attach = (view: WebviewPanel): void => {
    view.webview.options = { enableScripts: true, localResourceRoots: [folder] };
    view.iconPath = Uri.joinPath(folder, "..", "..", "media", "icon.png");
    const page = new Channel<PanelPageMethods>(portOf(view.webview), methods);
    view.onDidDispose(() => {
      page.close(new Error(l10n.t("The panel was closed.")));
      if (opened?.view === view) opened = null;
    });
    const panel: OpenPanel = { view, page, listens: false };
    opened = panel;
    view.onDidChangeViewState(() => {
      if (!view.visible) panel.listens = false;
    });
    view.webview.html = pageOf(view.webview, folder);
  };

  const loadAgain = async (id: string, base: string | null): Promise<ShownRun | null> => {
    try {
      const run = await parts.shelf.load(id, base);
      // One that ended meanwhile is newer.
      return shown.current ? null : run;
    } catch (error) {
      missing = error instanceof Error ? error.message : String(error);
      log.warn(missing);
      return null;
    }
  };

  const showNow = (): void => {
    if (opened?.listens) opened.page.tell("show", contentNow());
  };
  const subscription = Disposable.from(
    shown.onDidChange(showNow),
    workspace.onDidChangeConfiguration((change) => {
      if (PAGE_SETTINGS.some((key) => change.affectsConfiguration(key))) showNow();
    }),
  );

  return {
    open: (place) => {
      wanted = place;
      if (!opened) {
        attach(window.createWebviewPanel(PANEL_TYPE, "Waveflame", ViewColumn.Beside));
        return;
      }
      if (opened.listens && place) {
        wanted = undefined;
        opened.page.tell("reveal", place);
      }
      opened.view.reveal(undefined, false);
    },
    revive: async (view) => {
      const last = memory.last();
      const run = shown.current || !last ? null : await loadAgain(last.run, last.folder);
      attach(view);
      if (run) shown.show(run);
    },
    dispose: () => {
      subscription.dispose();
      opened?.view.dispose();
    },
  };
}

/** Those that the page is told of. */
const PAGE_SETTINGS = ["waveflame.sortBy", "waveflame.alerts"];

const panelSettings = (settings: Settings): PanelSettings => ({
  sortBy: settings.sortBy,
  thresholds: thresholdsOf(settings),
});

function portOf(webview: Webview): ConstructorParameters<typeof Channel>[0] {
  return {
    post: (message) => void webview.postMessage(message),
    listen: (receive): Disposable => webview.onDidReceiveMessage((message: Message) => receive(message)),
  };
}
