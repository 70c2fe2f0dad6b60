import {
  Diagnostic,
  DiagnosticSeverity,
  Disposable,
  l10n,
  languages,
  Range,
  workspace,
  type LogOutputChannel,
  type TextDocument,
  type Uri,
} from "vscode";
import { alertsOf, limitOf, type Alert } from "../../core/alerts/alerts.ts";
import { baseName } from "../../core/names/paths.ts";
import { toBase0, type Base1Line } from "../../core/units.ts";
import { thresholdsOf } from "../../client/settings/settings.ts";
import type { RunOnShow, ShownRun } from "../runs/shownRun.ts";
import type { TrackedFiles } from "../runs/trackedFiles.ts";
import { uriOfRunFile } from "../runs/uriOfRunFile.ts";
import { scopeOfFolder, type HostSettings } from "../settings/hostSettings.ts";

/** An entry of the Problems view. */
interface Entry {
  readonly alert: Alert;
  /** The recording's name: the same line may be to blame for several. */
  readonly recording: string;
  readonly uri: Uri;
  /** Where the line was last seen; null while it is gone. */
  readonly line: Base1Line | null;
  readonly fresh: boolean;
}

/**
 * Shows the limits that runs break on the guilty lines, without anything being opened. Those of a recording and pipeline stay
 * until their next run; the ones of the run on show follow their lines.
 */
export function createProblems(
  shown: RunOnShow,
  files: TrackedFiles,
  settings: HostSettings,
  log: LogOutputChannel,
): Disposable {
  const collection = languages.createDiagnosticCollection("waveflame");
  /** By recording and pipeline. */
  const entries = new Map<string, readonly Entry[]>();

  const judge = (current: ShownRun): void => {
    const thresholds = thresholdsOf(settings.of(scopeOfFolder(current.folder)));
    const found = alertsOf(current.run, thresholds).flatMap((alert) => entriesOf(alert, current));
    if (found.length > 0) entries.set(subjectOf(current), found);
    else entries.delete(subjectOf(current));
  };

  /** None where a saved run, which may come from anywhere, names a file that it mustn't lead to. */
  const entriesOf = (alert: Alert, { run, folder }: ShownRun): Entry[] => {
    try {
      const uri = uriOfRunFile(alert.where.file, folder);
      const recording = baseName(run.audio.path);
      return [follow({ alert, recording, uri, line: alert.where.line, fresh: true })];
    } catch (error) {
      log.warn(`${alert.text} ${String(error)}`);
      return [];
    }
  };

  /** In an open file; of others nothing is known but where the line was. */
  const follow = (entry: Entry): Entry => {
    const document = openDocument(entry.uri);
    if (!document || files.fileOf(document) === null) return entry;
    const place = files.placeIn(document, entry.alert.where.line);
    return { ...entry, line: place?.line ?? null, fresh: place?.fresh ?? true };
  };

  const followIn = (document: TextDocument): void => {
    if (!shown.current) return;
    const subject = subjectOf(shown.current);
    const own = entries.get(subject) ?? [];
    if (!own.some(({ uri }) => uri.toString() === document.uri.toString())) return;
    entries.set(subject, own.map(follow));
    draw();
  };

  /** Runs that aren't on show aren't held: a raised limit lets their entries go, a lowered one waits for their next run. */
  const limitsChanged = (): void => {
    for (const [subject, own] of entries) {
      const left = own.filter(({ alert, uri }) => isBroken(alert, thresholdsOf(settings.of(uri))));
      if (left.length > 0) entries.set(subject, left);
      else entries.delete(subject);
    }
    if (shown.current) judge(shown.current);
    draw();
  };

  const draw = (): void => {
    collection.clear();
    const byFile = new Map<string, Entry[]>();
    for (const entry of [...entries.values()].flat()) {
      const key = entry.uri.toString();
      byFile.set(key, [...(byFile.get(key) ?? []), entry]);
    }
    for (const own of byFile.values())
      for (const { uri } of own.slice(0, 1)) collection.set(uri, own.flatMap(diagnosticsOf));
  };

  return Disposable.from(
    collection,
    shown.onDidChange((current) => {
      if (current) judge(current);
      else entries.clear();
      draw();
    }),
    files.onDidFollow(followIn),
    workspace.onDidOpenTextDocument(followIn),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("waveflame.alerts")) limitsChanged();
    }),
  );
}

const subjectOf = ({ run, folder }: ShownRun): string =>
  [folder ?? "", run.audio.path, run.pipeline.file].join("\n");

function isBroken({ kind, measured }: Alert, thresholds: Parameters<typeof limitOf>[1]): boolean {
  const limit = limitOf(kind, thresholds);
  return limit !== null && measured > limit;
}

const openDocument = (uri: Uri): TextDocument | undefined =>
  workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());

function diagnosticsOf({ alert, recording, uri, line, fresh }: Entry): Diagnostic[] {
  if (line === null) return [];
  const words = `${recording}: ${alert.text}`;
  const diagnostic = new Diagnostic(
    rangeOf(uri, line),
    fresh ? words : l10n.t("{0} (edited since)", words),
    DiagnosticSeverity.Warning,
  );
  diagnostic.source = "Waveflame";
  diagnostic.code = alert.kind;
  return [diagnostic];
}

/** The line's code; of a file that isn't open, all of the line. */
function rangeOf(uri: Uri, present: Base1Line): Range {
  const line = toBase0(present);
  const document = openDocument(uri);
  if (!document || line >= document.lineCount) return new Range(line, 0, line, LONGEST_LINE);
  const { range, firstNonWhitespaceCharacterIndex } = document.lineAt(line);
  return range.with(range.start.translate(0, firstNonWhitespaceCharacterIndex));
}

/** The editor ends a range where its line does. */
const LONGEST_LINE = 10_000;
