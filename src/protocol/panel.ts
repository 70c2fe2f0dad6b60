import type { Thresholds } from "../core/alerts/thresholds.ts";
import type { SortBy } from "../core/bottlenecks/bottlenecks.ts";
import type { Run } from "../core/run/run.ts";

export type PanelView = "overview" | "flame" | "bottlenecks" | "variants" | "tuning";

/** Where a person wants to look: a view, and in it a stage or a line. */
export interface PanelPlace {
  readonly view: PanelView;
  readonly stage?: string;
  readonly file?: string;
  readonly line?: number;
}

/** What the page needs to know of the settings. */
export interface PanelSettings {
  readonly sortBy: SortBy;
  readonly thresholds: Thresholds;
}

/** What the panel shows. `missing`: the run it was asked for is gone; the text says what to do. */
export type PanelContent =
  | {
      readonly kind: "run";
      readonly run: Run;
      readonly place: PanelPlace;
      /** The measured text of lines, trimmed, by `FILE:LINE` as the run names them; none where it isn't kept. */
      readonly code?: Readonly<Record<string, string>>;
      /** Sorted by self time, and without limits, where nothing is said. */
      readonly settings?: PanelSettings;
    }
  | { readonly kind: "missing"; readonly text: string };

/** Offered by the extension host to the page. */
export interface PanelHostMethods extends Record<string, (params: never) => unknown> {
  /** The page is drawn and listens; called once per load of the page. */
  ready: (params: null) => Promise<PanelContent>;
  openSource: (place: { readonly file: string; readonly line: number }) => void;
  runAgain: (params: null) => void;
  /** Remembered by run id, so that a revived panel looks as it was left. */
  moved: (place: PanelPlace) => void;
}

/** Offered by the page to the extension host. */
export interface PanelPageMethods extends Record<string, (params: never) => unknown> {
  show: (content: PanelContent) => void;
  reveal: (place: PanelPlace) => void;
}
