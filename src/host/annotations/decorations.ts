import {
  ColorThemeKind,
  DecorationRangeBehavior,
  OverviewRulerLane,
  ThemeColor,
  Uri,
  window,
  type TextEditorDecorationType,
} from "vscode";
import { COLORS } from "../ids.ts";
import { HEAT_LEVELS, HOT, heatBar, svgAddress, type HeatLevel, type ThemeName } from "./heat.ts";

/** Seven types for all lines of all files: the texts differ by range, not by type. */
export interface Decorations {
  readonly figures: TextEditorDecorationType;
  readonly bars: ReadonlyMap<HeatLevel | "stale", TextEditorDecorationType>;
  dispose(): void;
}

const THEMES: Readonly<Record<ColorThemeKind, ThemeName>> = {
  [ColorThemeKind.Dark]: "dark",
  [ColorThemeKind.Light]: "light",
  [ColorThemeKind.HighContrast]: "highContrast",
  [ColorThemeKind.HighContrastLight]: "highContrastLight",
};

export const themeName = (): ThemeName => THEMES[window.activeColorTheme.kind];

export function createDecorations(theme: ThemeName): Decorations {
  // Open, so that text typed at the end of a line stays before its figures.
  const figures = window.createTextEditorDecorationType({ rangeBehavior: DecorationRangeBehavior.OpenOpen });
  const bars = new Map(
    [...HEAT_LEVELS, "stale" as const].map((level) => [
      level,
      window.createTextEditorDecorationType({
        gutterIconPath: Uri.parse(svgAddress(heatBar(level, theme))),
        gutterIconSize: "contain",
        overviewRulerColor: new ThemeColor(rulerColor(level)),
        overviewRulerLane: OverviewRulerLane.Right,
      }),
    ]),
  );
  return {
    figures,
    bars,
    dispose: () => [figures, ...bars.values()].forEach((type) => type.dispose()),
  };
}

const rulerColor = (level: HeatLevel | "stale"): string =>
  level === "stale" ? COLORS.staleFigures : level < HOT ? COLORS.warm : COLORS.hot;
