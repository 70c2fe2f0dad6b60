import type { CriticalBand } from "./criticalBands.ts";

/** What is left of the old gain from one frame to the next. */
const KEPT = 0.8;
const MOST_DB = 12;
/** A band this far below the loudest is masked by it; none below the floor is heard. */
const MASKED_DB = 20;
const FLOOR_DB = -80;

/** The equaliser's gains: towards the mean of all bands, from frame to frame a part of the way. */
export class BandGains {
  readonly #bands: readonly CriticalBand[];
  readonly #gainsDb: Float64Array;

  constructor(bands: readonly CriticalBand[]) {
    this.#bands = bands;
    this.#gainsDb = new Float64Array(bands.length);
  }

  /**
   * @param energiesDb of each band, in dBFS
   * @returns each band's gain in dB, valid until the next frame
   */
  next(energiesDb: Float64Array): Float64Array {
    const target = energiesDb.reduce((sum, energy) => sum + energy, 0) / energiesDb.length;
    const mask = Math.max(Math.max(...energiesDb) - MASKED_DB, FLOOR_DB);
    for (const [band, { weight }] of this.#bands.entries()) {
      const energy = energiesDb[band] ?? 0;
      const wanted = weight * (target - energy) * (energy < mask ? 0.5 : 1);
      const gain = Math.min(MOST_DB, Math.max(-MOST_DB, wanted));
      this.#gainsDb[band] = KEPT * (this.#gainsDb[band] ?? 0) + (1 - KEPT) * gain;
    }
    return this.#gainsDb;
  }
}
