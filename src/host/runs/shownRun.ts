import { EventEmitter, type Event } from "vscode";
import type { Run } from "../../core/run/run.ts";

/** The run whose figures stand in the editor, and what is needed to find its files. */
export interface ShownRun {
  readonly run: Run;
  /** What the relative paths in the run are relative to; null where there are none. */
  readonly folder: string | null;
  /** The measured texts, by the run's path of the file. */
  readonly sources: ReadonlyMap<string, string>;
}

/** One run is shown at a time; everything that draws it listens here. */
export interface RunOnShow {
  readonly current: ShownRun | null;
  readonly onDidChange: Event<ShownRun | null>;
  /** Null clears what is shown; the saved run stays. */
  show(run: ShownRun | null): void;
  dispose(): void;
}

export function createRunOnShow(): RunOnShow {
  const changed = new EventEmitter<ShownRun | null>();
  let current: ShownRun | null = null;
  return {
    get current() {
      return current;
    },
    onDidChange: changed.event,
    show: (run) => {
      current = run;
      changed.fire(run);
    },
    dispose: () => changed.dispose(),
  };
}
