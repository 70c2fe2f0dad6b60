import type { PanelPlace } from "../../src/protocol/panel.ts";

/** What the page asks of the editor. */
export interface Editor {
  openSource(place: { readonly file: string; readonly line: number }): void;
  runAgain(): void;
  moved(place: PanelPlace): void;
}
