export interface GainCurveOptions {
  /** In dB relative to full scale. */
  readonly thresholdDb: number;
  /** From 1; Infinity limits. */
  readonly ratio: number;
  /** Width of the bend around the threshold; 0, a corner, by default. */
  readonly kneeDb?: number;
  /** 0 by default. */
  readonly makeupDb?: number;
}

/**
 * A compressor's static curve with a quadratic knee (D. Giannoulis, M. Massberg, J. Reiss: Digital Dynamic Range Compressor Design, 2012,
 * equation 4).
 */
export class GainComputer {
  readonly thresholdDb: number;
  readonly kneeDb: number;
  readonly makeupDb: number;
  /** Change of the gain, in dB, for each dB above the threshold. */
  readonly slope: number;

  /** @throws RangeError when the ratio is below 1 or the knee negative */
  constructor({ thresholdDb, ratio, kneeDb = 0, makeupDb = 0 }: GainCurveOptions) {
    if (!(ratio >= 1)) throw new RangeError(`A compression ratio of ${ratio} expands: give 1 or more.`);
    if (!(kneeDb >= 0)) throw new RangeError(`A knee of ${kneeDb} dB can't be drawn: give 0 or more.`);
    this.thresholdDb = thresholdDb;
    this.kneeDb = kneeDb;
    this.makeupDb = makeupDb;
    this.slope = 1 / ratio - 1;
  }

  /** The gain in dB for a level in dB. */
  gainDb(levelDb: number): number {
    const over = levelDb - this.thresholdDb;
    const intoKnee = over + this.kneeDb / 2;
    if (intoKnee <= 0) return this.makeupDb;
    if (intoKnee >= this.kneeDb) return this.makeupDb + this.slope * over;
    return this.makeupDb + (this.slope * intoKnee * intoKnee) / (2 * this.kneeDb);
  }

  /** Linear gains for linear levels, frame by frame, into `gains`, which may be the levels. */
  process(levels: Float32Array, gains: Float32Array = levels): void {
    for (let i = 0; i < levels.length; i += 1) {
      gains[i] = 10 ** (this.gainDb(20 * Math.log10(levels[i] ?? 0)) / 20);
    }
  }
}
