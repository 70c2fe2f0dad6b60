import { commands, EventEmitter, type Event } from "vscode";
import { CONTEXT_KEYS } from "../ids.ts";
import type { RunOnShow } from "../runs/shownRun.ts";

/** Whether figures and lenses are drawn; a new run shows them again. */
export interface Visibility {
  readonly shown: boolean;
  readonly onDidChange: Event<boolean>;
  set(shown: boolean): void;
  dispose(): void;
}

/** Also keeps the context keys of the menus. */
export function createVisibility(runOnShow: RunOnShow): Visibility {
  const changed = new EventEmitter<boolean>();
  let shown = true;
  const set = (value: boolean): void => {
    shown = value;
    void commands.executeCommand("setContext", CONTEXT_KEYS.annotationsShown, shown);
    changed.fire(shown);
  };
  const subscription = runOnShow.onDidChange((run) => {
    void commands.executeCommand("setContext", CONTEXT_KEYS.hasRun, run !== null);
    set(true);
  });
  return {
    get shown() {
      return shown;
    },
    onDidChange: changed.event,
    set,
    dispose: () => {
      subscription.dispose();
      changed.dispose();
    },
  };
}
