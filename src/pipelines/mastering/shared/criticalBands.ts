import { bandsOfBins, CRITICAL_BAND_EDGES } from "waveflame";

/** A critical band of hearing that has bins. */
export interface CriticalBand {
  /** Bins, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  /** How much of a correction it gets, 0 to 1: most where the ear is most sensitive. */
  readonly weight: number;
}

/** In order, without gaps: bins above the last border belong to the last band. */
export function criticalBands(fftSize: number, sampleRate: number): CriticalBand[] {
  const bandOfBin = bandsOfBins(CRITICAL_BAND_EDGES, { size: fftSize, sampleRate }, "last");
  return [...new Set(bandOfBin)].map((band) => ({
    from: bandOfBin.indexOf(band),
    to: bandOfBin.lastIndexOf(band) + 1,
    weight: weightAt(((CRITICAL_BAND_EDGES[band] ?? 0) + (CRITICAL_BAND_EDGES[band + 1] ?? 0)) / 2),
  }));
}

function weightAt(frequency: number): number {
  if (frequency >= 1000 && frequency < 4000) return 1;
  if (frequency >= 300 && frequency < 8000) return 0.8;
  if (frequency >= 100 && frequency < 16_000) return 0.6;
  return 0.3;
}
