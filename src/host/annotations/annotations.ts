import {
  Disposable,
  l10n,
  MarkdownString,
  Range,
  ThemeColor,
  window,
  workspace,
  type DecorationOptions,
  type TextDocument,
  type TextEditor,
} from "vscode";
import { hotLines, type HotLine } from "../../core/lines/hotLines.ts";
import type { LinePlace } from "../../core/lines/lineTracking.ts";
import type { Run } from "../../core/run/run.ts";
import { toBase0 } from "../../core/units.ts";
import { COLORS } from "../ids.ts";
import type { RunOnShow } from "../runs/shownRun.ts";
import type { TrackedFiles } from "../runs/trackedFiles.ts";
import type { HostSettings } from "../settings/hostSettings.ts";
import { createDecorations, themeName } from "./decorations.ts";
import { figuresOf } from "./figures.ts";
import { HEAT_LEVELS, heatOf, HOT, type HeatLevel } from "./heat.ts";
import { HOVER_COMMANDS, hoverOf } from "./hoverText.ts";
import type { Visibility } from "./visibility.ts";

/** Draws the figures of the shown run behind the lines of every visible editor. */
export function createAnnotations(
  shown: RunOnShow,
  files: TrackedFiles,
  visibility: Visibility,
  settings: HostSettings,
): Disposable {
  let theme = themeName();
  let decorations = createDecorations(theme);

  const draw = (editor: TextEditor): void => {
    const run = shown.current?.run;
    const lines = run && visibility.shown ? linesIn(editor.document) : [];
    editor.setDecorations(
      decorations.figures,
      run ? lines.map(({ hot, place }) => figuresAt(run, editor.document, hot, place)) : [],
    );
    for (const level of [...HEAT_LEVELS, "stale" as const]) {
      const type = decorations.bars.get(level);
      const ranges = lines
        .filter(({ hot, place }) => barOf(hot, place) === level)
        .map(({ place }) => new Range(toBase0(place.line), 0, toBase0(place.line), 0));
      if (type) editor.setDecorations(type, ranges);
    }
  };
  const drawAll = (): void => window.visibleTextEditors.forEach(draw);

  const linesIn = (document: TextDocument): { hot: HotLine; place: LinePlace }[] => {
    const file = files.fileOf(document);
    const run = shown.current?.run;
    if (file === null || !run) return [];
    const { minimumShare } = settings.of(document.uri);
    return hotLines(run, minimumShare).flatMap((hot) => {
      const place = hot.file === file ? files.placeIn(document, hot.line) : null;
      return place ? [{ hot, place }] : [];
    });
  };

  const figuresAt = (run: Run, document: TextDocument, hot: HotLine, place: LinePlace): DecorationOptions => {
    const { range, firstNonWhitespaceCharacterIndex } = document.lineAt(toBase0(place.line));
    const color = !place.fresh
      ? COLORS.staleFigures
      : heatOf(hot.share) >= HOT
        ? COLORS.hotFigures
        : COLORS.figures;
    return {
      range: range.with(range.start.translate(0, firstNonWhitespaceCharacterIndex)),
      ...hoverAt(hot, place),
      renderOptions: {
        after: {
          contentText: figuresOf(run, hot, place.fresh, l10n.t),
          color: new ThemeColor(color),
          fontStyle: place.fresh ? "normal" : "italic",
          margin: "0 0 0 3ch",
        },
      },
    };
  };

  const hoverAt = (hot: HotLine, { line, fresh }: LinePlace): { hoverMessage?: MarkdownString } => {
    const run = shown.current?.run;
    if (!run) return {};
    const hoverMessage = new MarkdownString(
      hoverOf({ run, hot, line, fresh, theme, now: new Date() }, l10n.t),
    );
    hoverMessage.isTrusted = { enabledCommands: HOVER_COMMANDS };
    return { hoverMessage };
  };

  const subscriptions = [
    shown.onDidChange(drawAll),
    visibility.onDidChange(drawAll),
    files.onDidFollow((document) =>
      window.visibleTextEditors.filter((editor) => editor.document === document).forEach(draw),
    ),
    window.onDidChangeVisibleTextEditors(drawAll),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("waveflame.minimumShare")) drawAll();
    }),
    window.onDidChangeActiveColorTheme(() => {
      if (themeName() === theme) return;
      decorations.dispose();
      theme = themeName();
      decorations = createDecorations(theme);
      drawAll();
    }),
  ];
  drawAll();
  return Disposable.from(...subscriptions, { dispose: () => decorations.dispose() });
}

const barOf = (hot: HotLine, place: LinePlace): HeatLevel | "stale" =>
  place.fresh ? heatOf(hot.share) : "stale";
