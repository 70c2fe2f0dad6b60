import { finiteOr } from "../../shared/finite.ts";

const SILENT_DB = -200;
/** What is left of the old level from one frame to the next. */
const KEPT = 0.8;

/** Smoothed levels of a stretch of the recording, from which those of the whole can be put together. */
export interface LevelStretch {
  frames: number;
  /** Of each band in the first frame. */
  first: number[];
  /** Of each band, smoothed as if the bands had been at 0 dB before: summed over the frames, and in the last one. */
  sums: number[];
  last: number[];
}

/** Smooths the levels of bands from frame to frame and adds them up. */
export class LevelSmoother {
  readonly #first: Float64Array;
  readonly #sums: Float64Array;
  readonly #last: Float64Array;
  #frames = 0;

  constructor(bands: number) {
    this.#first = new Float64Array(bands);
    this.#sums = new Float64Array(bands);
    this.#last = new Float64Array(bands);
  }

  /** @param levels of each band, in dB */
  add(levels: ArrayLike<number>): void {
    for (let band = 0; band < this.#last.length; band++) {
      // What is no number is as quiet as can be: it would stay in the mean for ever.
      const level = finiteOr(levels[band], SILENT_DB);
      if (this.#frames === 0) this.#first[band] = level;
      const smoothed = KEPT * (this.#last[band] ?? 0) + (1 - KEPT) * level;
      this.#last[band] = smoothed;
      this.#sums[band] = (this.#sums[band] ?? 0) + smoothed;
    }
    this.#frames += 1;
  }

  get stretch(): LevelStretch {
    return { frames: this.#frames, first: [...this.#first], sums: [...this.#sums], last: [...this.#last] };
  }
}

/**
 * The mean of the smoothed levels over all stretches, in order of time. What a stretch didn't know is what it came from: that
 * fades by the same factor in every frame, and so adds a geometric series. The first stretch comes from its own first frame.
 * None of a recording shorter than a frame.
 */
export function meanLevels(stretches: readonly LevelStretch[]): number[] {
  if (stretches.every((stretch) => stretch.frames === 0)) return [];
  const frames = stretches.reduce((sum, stretch) => sum + stretch.frames, 0);
  return (stretches[0]?.first ?? []).map((first, band) => {
    let before = first;
    let sum = 0;
    for (const stretch of stretches) {
      const faded = KEPT ** stretch.frames;
      sum += (stretch.sums[band] ?? 0) + (before * KEPT * (1 - faded)) / (1 - KEPT);
      before = (stretch.last[band] ?? 0) + before * faded;
    }
    return sum / frames;
  });
}
