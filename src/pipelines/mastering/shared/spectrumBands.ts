import { aWeighting, logBandEdges } from "waveflame";

export const SPECTRUM_FRAME = 4096;
export const SPECTRUM_HOP = 1024;
const BANDS = 64;

export interface SpectrumBand {
  /** Bins, `to` exclusive: at least one. */
  readonly from: number;
  readonly to: number;
  /** The band's middle, in Hz. */
  readonly frequency: number;
  /** What A-weighting adds there, in dB. */
  readonly weightDb: number;
}

/**
 * Bands from 20 Hz to 20 kHz, equally wide on a logarithmic axis, as far as the sample rate reaches; a band between two bins
 * has the one below it.
 */
export function spectrumBands(sampleRate: number): SpectrumBand[] {
  const edges = logBandEdges(BANDS, 20, 20_000);
  const hertzPerBin = sampleRate / SPECTRUM_FRAME;
  const bins = SPECTRUM_FRAME / 2 + 1;
  return Array.from({ length: BANDS }, (_, band) => band).flatMap((band) => {
    const [low = 0, high = 0] = edges.subarray(band, band + 2);
    if (low >= sampleRate / 2) return [];
    const from = Math.min(Math.floor(low / hertzPerBin), bins - 1);
    const to = Math.min(Math.max(Math.floor(high / hertzPerBin), from + 1), bins);
    const frequency = Math.sqrt(low * high);
    return [{ from, to, frequency, weightDb: aWeighting(frequency) }];
  });
}
