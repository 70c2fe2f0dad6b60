import type { Histogram } from "../../core/run/measured/times.ts";
import type { Milliseconds } from "../../core/units.ts";
import type { ThemeName } from "./heat.ts";

interface PictureColors {
  readonly bar: string;
  readonly axis: string;
  readonly budget: string;
}

const COLORS: Readonly<Record<ThemeName, PictureColors>> = {
  dark: { bar: "#8c8c8c", axis: "#6b6b6b", budget: "#f14c4c" },
  light: { bar: "#8c8c8c", axis: "#a0a0a0", budget: "#c72e0f" },
  highContrast: { bar: "#ffffff", axis: "#d9d9d9", budget: "#ff8a7a" },
  highContrastLight: { bar: "#292929", axis: "#515151", budget: "#b5200d" },
};

const WIDTH = 400;
const HEIGHT = 40;
const COLUMNS = 80;

/** How the time of blocks is spread, from nothing to the budget or the longest; null where no block was timed. */
export function blockPicture(histogram: Histogram, budgetMs: Milliseconds, theme: ThemeName): string | null {
  const longest = histogram.edgesMs.at(-1) ?? 0;
  const end = Math.max(budgetMs * 1.02, longest);
  const columns = columnsOf(histogram, end);
  const highest = Math.max(...columns);
  if (highest === 0) return null;
  const { bar, axis, budget } = COLORS[theme];
  const width = WIDTH / COLUMNS;
  const base = HEIGHT - 1;
  const bars = columns.map((count, i) => {
    if (count === 0) return "";
    // The square root keeps a single late block visible beside thousands in time.
    const height = Math.max(2, Math.sqrt(count / highest) * (base - 4));
    return `<rect x="${i * width}" y="${(base - height).toFixed(1)}" width="${width - 1}" height="${height.toFixed(1)}" fill="${bar}"/>`;
  });
  const x = ((budgetMs / end) * WIDTH).toFixed(1);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${bars.join("")}` +
    `<path d="M0 ${base}H${WIDTH}" stroke="${axis}"/><path d="M${x} 0V${base}" stroke="${budget}" stroke-width="2"/></svg>`
  );
}

function columnsOf({ edgesMs, counts }: Histogram, end: Milliseconds): number[] {
  const columns = new Array<number>(COLUMNS).fill(0);
  counts.forEach((count, i) => {
    const middle = ((edgesMs[i] ?? 0) + (edgesMs[i + 1] ?? 0)) / 2;
    const column = Math.min(COLUMNS - 1, Math.floor((middle / end) * COLUMNS));
    columns[column] = (columns[column] ?? 0) + count;
  });
  return columns;
}
