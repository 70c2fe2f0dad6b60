import { wholeNumber } from "../samples.ts";

/** Frequencies in Hz; a band is from one edge, included, to the next. */
export type BandEdges = readonly number[] | Float64Array;

/** The edges of the 25 critical bands, in Hz (E. Zwicker's Bark scale, its last band as far as one hears). */
export const CRITICAL_BAND_EDGES: BandEdges = [
  0, 100, 200, 300, 400, 510, 630, 770, 920, 1080, 1270, 1480, 1720, 2000, 2320, 2700, 3150, 3700, 4400, 5300,
  6400, 7700, 9500, 12000, 15500, 20000,
];

/**
 * The `count + 1` edges of bands that are equally wide on a logarithmic axis, in Hz; `numpy.geomspace`.
 * @throws RangeError where `lowestHz` isn't above 0 and below `highestHz`
 */
export function logBandEdges(count: number, lowestHz: number, highestHz: number): Float64Array {
  wholeNumber("The number of bands", count);
  if (!(lowestHz > 0 && lowestHz < highestHz))
    throw new RangeError(`Bands from ${lowestHz} to ${highestHz} Hz: begin above 0 Hz and end higher.`);
  const ratio = highestHz / lowestHz;
  const edges = Float64Array.from({ length: count + 1 }, (_, k) => lowestHz * ratio ** (k / count));
  edges[count] = highestHz;
  return edges;
}

/** What turns bins into frequencies. */
export interface BinScale {
  /** Samples of the transform. */
  size: number;
  /** In Hz. */
  sampleRate: number;
}

/** The frequency of each bin of a real transform, in Hz: ⌊size / 2⌋ + 1 numbers; `numpy.fft.rfftfreq`. */
export const binFrequencies = ({ size, sampleRate }: BinScale): Float64Array =>
  Float64Array.from({ length: Math.floor(size / 2) + 1 }, (_, bin) => (bin * sampleRate) / size);

/**
 * The number of the band that each bin of a real transform falls into, −1 outside of all.
 * @param beyond `last`: bins from the last edge on belong to the last band
 */
export function bandsOfBins(edges: BandEdges, scale: BinScale, beyond: "none" | "last" = "none"): Int32Array {
  const last = edges.length - 2;
  let band = -1;
  return Int32Array.from(binFrequencies(scale), (frequency) => {
    while (band <= last && frequency >= (edges[band + 1] ?? Infinity)) band += 1;
    if (band <= last) return band;
    return beyond === "last" ? last : -1;
  });
}
