import type { Share } from "../../core/units.ts";

/** 1, warm, to 5, half of the time or more. */
export type HeatLevel = 1 | 2 | 3 | 4 | 5;
export const HEAT_LEVELS: readonly HeatLevel[] = [1, 2, 3, 4, 5];

/** From here on the figures are as bright as the code. */
export const HOT: HeatLevel = 3;

export type ThemeName = "dark" | "light" | "highContrast" | "highContrastLight";

/** An image can't read the theme's colours: the nearest of each kind of theme. */
interface BarColors {
  readonly warm: string;
  readonly medium: string;
  readonly hot: string;
  readonly stale: string;
  /** Drawn around a bar where the theme separates by lines. */
  readonly outline: string | null;
}

const BAR_COLORS: Readonly<Record<ThemeName, BarColors>> = {
  dark: { warm: "#8f7a2a", medium: "#c27d1a", hot: "#f14c4c", stale: "#8a8a8a", outline: null },
  light: { warm: "#d0a85c", medium: "#d18616", hot: "#e51400", stale: "#767676", outline: null },
  highContrast: {
    warm: "#b89b4a",
    medium: "#e2a33c",
    hot: "#ff8a7a",
    stale: "#d9d9d9",
    outline: "#ffffff",
  },
  highContrastLight: {
    warm: "#8a6a14",
    medium: "#a85a00",
    hot: "#b5200d",
    stale: "#515151",
    outline: "#292929",
  },
};

/** A share of one half fills the margin. */
const FULL: Share = 0.5;
const WIDTH = 18;
const HEIGHT = 18;
const BAR_HEIGHT = 11;

/** Lengths rise with the square root of the share, so that small lines still differ. */
export function heatOf(share: Share): HeatLevel {
  const steps = Math.ceil(Math.sqrt(share / FULL) * HEAT_LEVELS.length);
  return HEAT_LEVELS[Math.min(Math.max(steps, 1), HEAT_LEVELS.length) - 1] ?? 1;
}

/** A filled bar; hollow for a line that was edited since. */
export function heatBar(level: HeatLevel | "stale", theme: ThemeName): string {
  const colors = BAR_COLORS[theme];
  const stale = level === "stale";
  const fill = stale ? "none" : level === 1 ? colors.warm : level < HOT ? colors.medium : colors.hot;
  const stroke = stale ? colors.stale : (colors.outline ?? "none");
  const length = stale ? WIDTH * 0.4 : (WIDTH * level) / HEAT_LEVELS.length;
  const y = (HEIGHT - BAR_HEIGHT) / 2;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">` +
    `<rect x="0.5" y="${y}" width="${(length - 1).toFixed(1)}" height="${BAR_HEIGHT}" rx="1" fill="${fill}" stroke="${stroke}"/>` +
    `</svg>`
  );
}

export const svgAddress = (svg: string): string =>
  `data:image/svg+xml;base64,${Buffer.from(svg, "utf8").toString("base64")}`;
