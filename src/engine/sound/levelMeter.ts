import type { SoundLevel } from "../../core/variants/variants.ts";

/** Sum, squares and peak of samples as they come. */
export class LevelMeter {
  #squares = 0;
  #peak = 0;
  #samples = 0;

  add(samples: Float32Array | Float64Array): void {
    let squares = 0;
    let peak = this.#peak;
    for (let n = 0; n < samples.length; n++) {
      const sample = samples[n] ?? 0;
      squares += sample * sample;
      peak = Math.max(peak, Math.abs(sample));
    }
    this.#squares += squares;
    this.#peak = peak;
    this.#samples += samples.length;
  }

  get squares(): number {
    return this.#squares;
  }

  get level(): SoundLevel {
    const rmsDb = dbfs(Math.sqrt(this.#squares / Math.max(1, this.#samples)));
    const peakDb = dbfs(this.#peak);
    return { rmsDb, peakDb, crestDb: rmsDb === null || peakDb === null ? null : peakDb - rmsDb };
  }
}

/** Null of nothing. */
export const dbfs = (amplitude: number): number | null => (amplitude > 0 ? 20 * Math.log10(amplitude) : null);
