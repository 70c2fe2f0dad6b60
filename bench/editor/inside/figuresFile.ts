import { appendFileSync } from "node:fs";

/** Where what is measured inside the editor goes, a JSON line each. */
export const FIGURES_VARIABLE = "WAVEFLAME_BENCH_FIGURES";

/** How many clicks to measure in one start of the editor. */
export const CLICKS_VARIABLE = "WAVEFLAME_BENCH_CLICKS";

export type InsideFigure =
  /** Whether the extension was active before anything of it was used. */
  | { readonly kind: "active early"; readonly active: boolean }
  | {
      readonly kind: "activation";
      /** Loading and activating, as the editor itself counts it. */
      readonly ms: number;
      /** Until `activate()` answers: the workbench's own answers too, while it starts. */
      readonly answeredMs: number;
    }
  | {
      readonly kind: "click";
      /** The first one starts the extension, too. */
      readonly first: boolean;
      /** From the choice in the menu to the figures behind the line. */
      readonly elapsedMs: number;
      readonly timedMs: number;
      readonly sampledMs: number;
    };

export function keepFigure(figure: InsideFigure): void {
  appendFileSync(process.env[FIGURES_VARIABLE] ?? "", `${JSON.stringify(figure)}\n`);
}
