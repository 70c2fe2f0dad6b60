import { readFile } from "node:fs/promises";
import { readRun } from "../../core/run/readRun.ts";
import type { Finding, Run } from "../../core/run/run.ts";
import type { ProfileOutcome } from "../../protocol/engine.ts";
import {
  isSafeName,
  makeFolders,
  removeOldRuns,
  runFile,
  runIds,
  sourceFile,
  writeOnce,
  writeWhole,
} from "./runFiles.ts";

export interface RunFolders {
  /** The workspace folder of the recording, else of the pipeline. */
  readonly workspace: string | null;
  /** Where runs go that no workspace folder can take; null: nowhere. */
  readonly fallback: string | null;
  /** Told what went wrong beside a save that was done. */
  tell?(this: void, sentence: string): void;
}

export interface SavedRun {
  /** The saved file; null where there was no place to save it. */
  readonly path: string | null;
  /** As it was saved: with the note among its findings. */
  readonly run: Run;
  /** Why it isn't in the workspace. */
  readonly note: Finding | null;
}

/** The runs of one workspace folder. */
export class RunStore {
  readonly #folders: RunFolders;

  constructor(folders: RunFolders) {
    this.#folders = folders;
  }

  /** Sources are written once each, by their hash; the newest 50 runs are kept. Never throws: the note says what failed. */
  async save({ run, sources }: ProfileOutcome): Promise<SavedRun> {
    const { workspace, fallback, tell = () => undefined } = this.#folders;
    let refusal: unknown = null;
    if (workspace !== null) {
      try {
        return { path: await saveIn(workspace, { run, sources }, tell), run, note: null };
      } catch (error) {
        refusal = error;
      }
    }
    const note = refusal === null ? null : readOnlyNote(refusal, fallback !== null);
    const noted = note ? { ...run, findings: [...run.findings, note] } : run;
    if (fallback === null) return { path: null, run: noted, note };
    try {
      return { path: await saveIn(fallback, { run: noted, sources }, tell), run: noted, note };
    } catch (error) {
      const lost = readOnlyNote(refusal ?? error, false);
      return { path: null, run: { ...run, findings: [...run.findings, lost] }, note: lost };
    }
  }

  /** Newest first: ids begin with their time. */
  async ids(): Promise<readonly string[]> {
    const ids = await Promise.all(this.#places().map(runIds));
    return [...new Set(ids.flat())].sort().reverse();
  }

  /** The newest that can be read; null where there is none. */
  async newest(): Promise<Run | null> {
    for (const id of await this.ids()) {
      // Damaged, of a newer version, or just removed: the one before it is shown.
      const run = await this.load(id).catch(() => null);
      if (run) return run;
    }
    return null;
  }

  /** @throws Error with a sentence where it is gone or can't be read. */
  async load(id: string): Promise<Run> {
    const text = isSafeName(id) ? await this.#firstText((folder) => runFile(folder, id)) : null;
    if (text === null) throw new Error("This run is gone: the newest 50 are kept. Profile again to see it.");
    return readRun(text);
  }

  /** The source text as it was measured; null where it is gone. */
  source(sha256: string): Promise<string | null> {
    return isSafeName(sha256)
      ? this.#firstText((folder) => sourceFile(folder, sha256))
      : Promise.resolve(null);
  }

  #places(): string[] {
    const { workspace, fallback } = this.#folders;
    return [workspace, fallback].filter((folder) => folder !== null);
  }

  async #firstText(pathIn: (folder: string) => string): Promise<string | null> {
    for (const folder of this.#places()) {
      const text = await readFile(pathIn(folder), "utf8").catch(() => null);
      if (text !== null) return text;
    }
    return null;
  }
}

/** Sources first: a save that ends halfway leaves no run that lacks its own. */
async function saveIn(
  folder: string,
  { run, sources }: ProfileOutcome,
  tell: (sentence: string) => void,
): Promise<string> {
  await makeFolders(folder);
  for (const { sha256, text } of sources) await writeOnce(sourceFile(folder, sha256), text);
  const path = runFile(folder, run.id);
  await writeWhole(path, `${JSON.stringify(run)}\n`);
  await removeOldRuns(folder, tell);
  return path;
}

function readOnlyNote(refusal: unknown, savedElsewhere: boolean): Finding {
  const code = refusal instanceof Error && "code" in refusal ? ` (${String(refusal.code)})` : "";
  const where = savedElsewhere ? "in Waveflame's own storage" : "nowhere";
  return {
    kind: "workspace-read-only",
    severity: savedElsewhere ? "information" : "warning",
    text: `The workspace folder can't be written${code}, so this run is kept ${where}: allow writing to .waveflame to keep runs there.`,
    where: null,
  };
}
