import { workspace, type ExtensionContext, type LogOutputChannel, type Uri } from "vscode";
import { RunStore } from "../../client/runs/runStore.ts";
import type { Run } from "../../core/run/run.ts";
import type { ProfileOutcome } from "../../protocol/engine.ts";
import type { ShownRun } from "./shownRun.ts";

export interface KeptRun {
  /** The note is among its findings. */
  readonly run: ShownRun;
  /** Why it isn't in the workspace. */
  readonly note: string | null;
}

export interface ShelvedRun {
  readonly run: Run;
  /** What {@link RunShelf.load} takes. */
  readonly place: { readonly id: string; readonly folder: string | null };
}

/** Saves runs where they belong and finds them again. */
export interface RunShelf {
  /** The workspace folder of the recording, else of the pipeline; null where both lie outside. */
  folderFor(audio: Uri, pipeline: Uri): string | null;
  save(outcome: ProfileOutcome, folder: string | null): Promise<KeptRun>;
  /** @throws Error with a sentence where the run is gone or can't be read. */
  load(id: string, folder: string | null): Promise<ShownRun>;
  /** Those of all workspace folders, newest first, without those that can't be read. */
  list(): Promise<readonly ShelvedRun[]>;
  /** The newest of all workspace folders; null where there is none. */
  newest(): Promise<ShownRun | null>;
}

const allFolders = (): readonly (string | null)[] => [
  ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
  null,
];

export function createRunShelf(context: ExtensionContext, log: LogOutputChannel): RunShelf {
  const fallback = (context.storageUri ?? context.globalStorageUri).fsPath;
  const storeOf = (folder: string | null): RunStore =>
    new RunStore({ workspace: folder, fallback, tell: (sentence) => log.warn(sentence) });

  const withSources = async (run: Run, folder: string | null): Promise<ShownRun> => {
    const store = storeOf(folder);
    const sources = new Map<string, string>();
    for (const { file, sha256 } of run.pipeline.files) {
      const text = await store.source(sha256);
      if (text !== null) sources.set(file, text);
    }
    return { run, folder, sources };
  };

  return {
    folderFor: (audio, pipeline) =>
      (workspace.getWorkspaceFolder(audio) ?? workspace.getWorkspaceFolder(pipeline))?.uri.fsPath ?? null,

    save: async (outcome, folder) => {
      const { run, note } = await storeOf(folder).save(outcome);
      const sources = new Map(outcome.sources.map(({ file, text }) => [file, text]));
      return { run: { run, folder, sources }, note: note?.text ?? null };
    },

    load: async (id, folder) => withSources(await storeOf(folder).load(id), folder),

    list: async () => {
      const runs = new Map<string, ShelvedRun>();
      for (const folder of allFolders()) {
        const store = storeOf(folder);
        for (const id of (await store.ids()).filter((each) => !runs.has(each))) {
          try {
            runs.set(id, { run: await store.load(id), place: { id, folder } });
          } catch (error) {
            log.warn(`${id}: ${error instanceof Error ? error.message : String(error)}`);
          }
        }
      }
      // Ids begin with their time.
      return [...runs.values()].sort((a, b) => (a.place.id < b.place.id ? 1 : -1));
    },

    newest: async () => {
      const folders = allFolders();
      const found = await Promise.all(
        folders.map(async (folder) => ({ folder, run: await storeOf(folder).newest() })),
      );
      let newest: { readonly folder: string | null; readonly run: Run } | null = null;
      for (const { folder, run } of found)
        if (run && (!newest || run.id > newest.run.id)) newest = { folder, run };
      return newest && withSources(newest.run, newest.folder);
    },
  };
}
