import { LEAST_DECIBELS, formatDecibels } from "./soundWords.ts";
import { formatNumber } from "../format.ts";
import type { Hertz } from "../units.ts";
import type { ResponseBand, VariantFigures } from "./variants.ts";

/** What nobody can hear and rounding alone may cause. */
export const FLAT_BELOW_DB = 0.01;
/** A band that is this much quieter is silent. */
const SILENT_BELOW_DB = -150;

/** The response of a variant at the block size at which it is farthest from flat. */
export interface FarthestResponse {
  readonly variant: VariantFigures;
  /** In frames. */
  readonly blockFrames: number;
  readonly bands: readonly ResponseBand[];
  /** The band that is farthest off. */
  readonly farthest: ResponseBand;
}

/** Null where no band sounded. */
export function farthestResponse(variant: VariantFigures): FarthestResponse | null {
  const found = variant.sound.flatMap(({ blockFrames, response: bands }) => {
    const [first, ...rest] = bands;
    if (!first) return [];
    const farthest = rest.reduce((most, band) => (isFarther(band, most) ? band : most), first);
    return [{ variant, blockFrames, bands, farthest }];
  });
  const [first, ...rest] = found;
  return first
    ? rest.reduce((most, each) => (isFarther(each.farthest, most.farthest) ? each : most), first)
    : null;
}

const isFarther = (a: ResponseBand, b: ResponseBand): boolean =>
  Math.abs(a.differenceDb) > Math.abs(b.differenceDb);

export const isFlat = ({ farthest }: FarthestResponse): boolean =>
  Math.abs(farthest.differenceDb) < FLAT_BELOW_DB;

/** `within 0.0042 dB`, of no difference `the same` */
export const withinWords = (differenceDb: number): string =>
  differenceDb === 0 ? "the same" : `within ${formatDecibels(Math.max(differenceDb, LEAST_DECIBELS))}`;

/** `1.24 dB louder`, `0.42 dB quieter` */
export function bandWords({ differenceDb }: ResponseBand): string {
  if (differenceDb < SILENT_BELOW_DB) return "silent";
  if (differenceDb === 0) return "as loud";
  return `${formatDecibels(Math.abs(differenceDb))} ${differenceDb > 0 ? "louder" : "quieter"}`;
}

/** `63.1 Hz`, `3.16 kHz` */
export const formatFrequency = (hertz: Hertz): string =>
  (hertz as number) < 999.5
    ? `${formatNumber(hertz)}\u202fHz`
    : `${formatNumber((hertz as number) / 1000)}\u202fkHz`;
