import { l10n, Position, Range, TextEditorRevealType, ViewColumn, window } from "vscode";
import type { QuickPickItem, TextDocument, TextEditor } from "vscode";
import { nameInRun } from "../../core/names/fileNames.ts";
import { baseName } from "../../core/names/paths.ts";
import { formatLoad, formatShare, formatSpeed } from "../../core/format.ts";
import { hotLines, type HotLine } from "../../core/lines/hotLines.ts";
import { splitLines } from "../../core/lines/lineTracking.ts";
import { formatCost } from "../../core/run/cost.ts";
import type { Run } from "../../core/run/run.ts";
import { threadLoad } from "../../core/run/threadLoad.ts";
import { speedOf, toBase0, toBase1, type Base1Line } from "../../core/units.ts";
import type { RunOnShow } from "../runs/shownRun.ts";
import type { TrackedFiles } from "../runs/trackedFiles.ts";
import type { HostSettings } from "../settings/hostSettings.ts";
import { walk, type WalkPlace } from "./hotLineWalk.ts";
import type { Messages } from "./messages.ts";

/** Ways to go to what is hot. */
export interface HottestLines {
  /** Opens the hottest line's file and lists the ten hottest. */
  list(): Promise<void>;
  /** Only says that they are there, to somebody who is busy. */
  announce(): void;
  step(step: 1 | -1): Promise<void>;
  /** Opens a measured line where it is now; where it is gone, what stands in its place. */
  open(place: WalkPlace, preserveFocus?: boolean): Promise<TextEditor>;
  dispose(): void;
}

const LISTED = 10;

interface LineItem extends QuickPickItem {
  readonly hot: HotLine;
}

export function createHottestLines(
  shown: RunOnShow,
  files: TrackedFiles,
  settings: HostSettings,
  messages: Messages,
): HottestLines {
  let visited: WalkPlace | null = null;
  /** Said once for each run, not at each step. */
  const toldOf = new Set<string>();

  /** Null where it can't be opened; the person was told why. */
  const documentOf = async (file: string): Promise<TextDocument | null> => {
    try {
      return await files.open(file);
    } catch (error) {
      if (!toldOf.has(file)) messages.inform(error instanceof Error ? error.message : String(error));
      toldOf.add(file);
      return null;
    }
  };

  const open: HottestLines["open"] = async ({ file, line }, preserveFocus = false) => {
    const document = await files.open(file);
    let present: Base1Line | undefined;
    for (let above = line; present === undefined && above > 0; above--) {
      present = files.placeIn(document, above)?.line;
    }
    const at = new Position(toBase0(Math.min(present ?? 1, document.lineCount)), 0);
    const code = document.lineAt(at).firstNonWhitespaceCharacterIndex;
    const start = at.translate(0, code);
    const editor = await window.showTextDocument(document, {
      preserveFocus,
      viewColumn: columnFor(document),
      selection: new Range(start, start),
    });
    editor.revealRange(new Range(start, start), TextEditorRevealType.InCenterIfOutsideViewport);
    visited = { file, line };
    return editor;
  };

  /** The measured line under the cursor, else the one visited last. */
  const here = (): WalkPlace | null => {
    const editor = window.activeTextEditor;
    const file = editor ? files.fileOf(editor.document) : null;
    if (!editor || file === null) return visited;
    const line = files.measuredAt(editor.document, toBase1(editor.selection.active.line));
    return line === null ? visited : { file, line };
  };

  const step: HottestLines["step"] = async (direction) => {
    const run = shown.current?.run;
    if (!run) return;
    const lines = hotLines(run, settings.of().minimumShare);
    let from = here();
    if (!lines.some(({ file, line }) => file === from?.file && line === from.line)) from = visited;
    // A line that is gone is stepped over.
    const next = await walk(lines, from, direction, async ({ file, line }) => {
      const document = await documentOf(file);
      return document !== null && files.placeIn(document, line) !== null;
    });
    if (next) await open(next);
  };

  const preview = async (hot: HotLine): Promise<void> => {
    if (await documentOf(hot.file)) await open(hot, true);
  };

  const list = async (): Promise<void> => {
    const { current } = shown;
    if (!current) return;
    // The ten are worth a look even where none reaches the share from which lines are annotated.
    const lines = hotLines(current.run, 0).slice(0, LISTED);
    const [hottest] = lines;
    const [stage] = current.run.stages;
    if (!hottest) {
      if (stage && stage.file !== "") await open(stage);
      return;
    }
    if (await documentOf(hottest.file)) await open(hottest);
    const pick = window.createQuickPick<LineItem>();
    const { pipeline, audio } = current.run;
    pick.title = current.run.imported
      ? l10n.t("The hottest lines of {0}", current.run.imported.file)
      : l10n.t("The hottest lines of {0} · {1}", pipeline.name, baseName(audio.path));
    pick.placeholder = l10n.t("Go to a line, or press Escape to stay");
    pick.items = lines.map((hot) => itemOf(current.run, hot, current.sources.get(hot.file)));
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.onDidChangeActive(([item]) => {
      if (item) void preview(item.hot);
    });
    pick.onDidAccept(() => {
      const [item] = pick.activeItems;
      pick.hide();
      if (item) open(item.hot).catch((error: unknown) => messages.failed(error));
    });
    pick.onDidHide(() => pick.dispose());
    pick.show();
  };

  const announce: HottestLines["announce"] = () => {
    const run = shown.current?.run;
    if (!run) return;
    const [hottest] = hotLines(run, 0);
    const speed = formatSpeed(speedOf(threadLoad(run)));
    const sentence = hottest
      ? l10n.t(
          "{0}: {1} real time; the hottest line is {2} with {3}.",
          run.pipeline.name,
          speed,
          `${nameInRun(run, hottest.file)}:${hottest.line}`,
          formatShare(hottest.share),
        )
      : l10n.t("{0}: {1} real time.", run.pipeline.name, speed);
    messages.inform(sentence, { title: l10n.t("Show Hottest Lines"), run: () => list() });
  };

  const subscription = shown.onDidChange(() => {
    visited = null;
    toldOf.clear();
  });
  return { list, announce, step, open, dispose: () => void subscription.dispose() };
}

/** Where it is open already, else beside other code, and never on top of the panel. */
function columnFor(document: TextDocument): ViewColumn {
  const open = window.visibleTextEditors.find((editor) => editor.document === document);
  const any = window.activeTextEditor ?? window.visibleTextEditors[0];
  return (open ?? any)?.viewColumn ?? ViewColumn.One;
}

function itemOf(run: Run, hot: HotLine, source: string | undefined): LineItem {
  const code = source === undefined ? "" : (splitLines(source)[hot.line - 1] ?? "").trim();
  return {
    hot,
    label: `${formatShare(hot.share)}  ${nameInRun(run, hot.file)}:${hot.line}`,
    description: code,
    detail: [
      hot.stages.join(", "),
      formatCost(run, hot.selfMs),
      ...(run.imported ? [] : [l10n.t("{0} load", formatLoad(hot.load))]),
    ].join(" · "),
  };
}
