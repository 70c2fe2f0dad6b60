import type { Run } from "../src/core/run/run.ts";
import type { PanelPlace, PanelSettings } from "../src/protocol/panel.ts";
import type { Part } from "./parts/dom.ts";
import type { Theme } from "./theme/theme.ts";

/** What every view is given. */
export interface View {
  readonly run: Run;
  readonly place: PanelPlace;
  /** The measured text of a line, or nothing. */
  readonly codeAt: (file: string, line: number) => string;
  readonly settings: PanelSettings;
  readonly theme: Theme;
  /** Aborted when another view or run takes its place. */
  readonly until: AbortSignal;
  readonly openSource: (place: { readonly file: string; readonly line: number }) => void;
  /** Shows another place. */
  readonly go: (place: PanelPlace) => void;
  /** Tells the editor where one is now, without drawing anything. */
  readonly remember: (place: PanelPlace) => void;
}

/** Draws itself into an empty element. */
export type DrawView = (host: Part, view: View) => void;
