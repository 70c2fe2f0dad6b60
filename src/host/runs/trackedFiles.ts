import { EventEmitter, l10n, workspace, type Event, type TextDocument } from "vscode";
import {
  followEdits,
  measuredLineAt,
  placeOf,
  trackText,
  type LinePlace,
  type TrackedText,
} from "../../core/lines/lineTracking.ts";
import type { Base1Line } from "../../core/units.ts";
import { keyOfRunFile, keysOfOpenFile, runFileOf } from "./fileKeys.ts";
import type { RunOnShow, ShownRun } from "./shownRun.ts";
import { uriOfRunFile } from "./uriOfRunFile.ts";

/** The measured files of the shown run as they are now in the editor. */
export interface TrackedFiles {
  /** The run's path of a document; null where the run doesn't hold it. */
  fileOf(document: TextDocument): string | null;
  /** Where a measured line is now; null where it is gone. */
  placeIn(document: TextDocument, measured: Base1Line): LinePlace | null;
  /** The measured line that is now at a line; null where that one is new. */
  measuredAt(document: TextDocument, present: Base1Line): Base1Line | null;
  /** @throws Error with a sentence where the file can't be opened. */
  open(file: string): Promise<TextDocument>;
  /** After an edit has been followed. */
  readonly onDidFollow: Event<TextDocument>;
  dispose(): void;
}

export function createTrackedFiles(shown: RunOnShow): TrackedFiles {
  const followed = new EventEmitter<TextDocument>();
  const texts = new Map<string, TrackedText>();
  let files = filesOf(shown.current);
  /** By path; asking the system at each key press would be felt. */
  const found = new Map<string, string | null>();

  const fileOf = ({ uri }: TextDocument): string | null => {
    if (uri.scheme !== "file") return null;
    let file = found.get(uri.fsPath);
    if (file === undefined) {
      const key = keysOfOpenFile(uri.fsPath).find((one) => files.has(one));
      file = key === undefined ? null : (files.get(key) ?? null);
      found.set(uri.fsPath, file);
    }
    return file;
  };

  const trackedOf = (document: TextDocument): TrackedText | null => {
    const key = document.uri.toString();
    const known = texts.get(key);
    if (known) return known;
    const file = fileOf(document);
    if (file === null) return null;
    const present = document.getText();
    // Without the measured text nothing tells which lines are the same: they are taken as they are.
    const tracked = trackText(shown.current?.sources.get(file) ?? present, present);
    texts.set(key, tracked);
    return tracked;
  };

  const subscriptions = [
    shown.onDidChange((run) => {
      texts.clear();
      found.clear();
      files = filesOf(run);
    }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const key = document.uri.toString();
      const known = texts.get(key);
      if (!known || contentChanges.length === 0) return;
      const now = followEdits(
        known,
        contentChanges.map(({ range: { start, end }, text }) => ({
          startLine: start.line,
          startCharacter: start.character,
          endLine: end.line,
          endCharacter: end.character,
          text,
        })),
      );
      if (now.present.length === document.lineCount) texts.set(key, now);
      else texts.delete(key);
      followed.fire(document);
    }),
    workspace.onDidCloseTextDocument((document) => texts.delete(document.uri.toString())),
    followed,
  ];

  return {
    fileOf,
    placeIn: (document, measured) => {
      const tracked = trackedOf(document);
      return tracked && placeOf(tracked, measured);
    },
    measuredAt: (document, present) => {
      const tracked = trackedOf(document);
      return tracked && measuredLineAt(tracked, present);
    },
    open: async (file) => {
      const uri = uriOfRunFile(file, shown.current?.folder ?? null);
      const known = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
      if (known?.isDirty) return known;
      try {
        // The editor remembers the text of a deleted file for a while.
        await workspace.fs.stat(uri);
        return await workspace.openTextDocument(uri);
      } catch {
        throw new Error(l10n.t("{0} can't be opened: it was moved or deleted since it was measured.", file));
      }
    },
    onDidFollow: followed.event,
    dispose: () => subscriptions.forEach((one) => void one.dispose()),
  };
}

function filesOf(shown: ShownRun | null): ReadonlyMap<string, string> {
  if (!shown) return new Map();
  const { run, folder } = shown;
  const named = [...run.pipeline.files, ...run.lines, ...run.stages].map(({ file }) => file);
  // Threads of another tool's profile are defined nowhere.
  return new Map(
    [...new Set(named)]
      .filter((file) => file !== "")
      .map((file) => [keyOfRunFile(runFileOf(file, folder)), file]),
  );
}
