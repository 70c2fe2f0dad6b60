import type { Memento } from "vscode";
import type { PanelPlace } from "../../protocol/panel.ts";

interface Remembered {
  readonly run: string;
  readonly folder: string | null;
  readonly place: PanelPlace;
}

/** What a panel needs to come back as it was left, by run; the page's own state gets lost with a reload. */
export interface PanelMemory {
  /** The run that the panel showed last. */
  last(): Remembered | null;
  placeOf(run: string): PanelPlace | null;
  remember(entry: Remembered): void;
}

const KEY = "panel";
const KEPT = 50;

export function createPanelMemory(state: Memento): PanelMemory {
  const all = (): readonly Remembered[] => state.get<readonly Remembered[]>(KEY, []);
  return {
    last: () => all()[0] ?? null,
    placeOf: (run) => all().find((entry) => entry.run === run)?.place ?? null,
    remember: (entry) => {
      const others = all().filter(({ run }) => run !== entry.run);
      void state.update(KEY, [entry, ...others].slice(0, KEPT));
    },
  };
}
