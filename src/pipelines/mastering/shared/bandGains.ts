import { finiteOr } from "../../shared/finite.ts";
import type { CriticalBand } from "./criticalBands.ts";

/** What is left of the old gain from one frame to the next. */
const KEPT = 0.8;
const MOST_DB = 12;
/** A band this far below the loudest is masked by it; none below the floor is heard. */
const MASKED_DB = 20;
const FLOOR_DB = -80;
const SILENT_DB = -200;

/** The equaliser's gains: towards the mean of all bands, from frame to frame a part of the way. */
export class BandGains {
  readonly #bands: readonly CriticalBand[];
  readonly #amount: number;
  readonly #gainsDb: Float64Array;

  /** @param amount 0 leaves the sound as it is, 1 corrects it whole */
  constructor(bands: readonly CriticalBand[], amount: number) {
    this.#bands = bands;
    this.#amount = amount;
    this.#gainsDb = new Float64Array(bands.length);
  }

  /**
   * @param energiesDb of each band, in dBFS; what is no number becomes silence in it
   * @returns each band's gain in dB, valid until the next frame
   */
  next(energiesDb: Float64Array): Float64Array {
    let sum = 0;
    let loudest = -Infinity;
    for (let band = 0; band < energiesDb.length; band++) {
      const energy = (energiesDb[band] = finiteOr(energiesDb[band], SILENT_DB));
      sum += energy;
      loudest = Math.max(loudest, energy);
    }
    const target = sum / energiesDb.length;
    const mask = Math.max(loudest - MASKED_DB, FLOOR_DB);
    for (let band = 0; band < energiesDb.length; band++) {
      const energy = energiesDb[band] ?? 0;
      const wanted =
        this.#amount * (this.#bands[band]?.weight ?? 0) * (target - energy) * (energy < mask ? 0.5 : 1);
      const gain = Math.min(MOST_DB, Math.max(-MOST_DB, wanted));
      this.#gainsDb[band] = KEPT * (this.#gainsDb[band] ?? 0) + (1 - KEPT) * gain;
    }
    return this.#gainsDb;
  }
}
