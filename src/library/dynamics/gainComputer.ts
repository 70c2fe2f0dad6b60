import { finiteNumber } from "../checkArguments.ts";
import { fromDecibels, toDecibels } from "../levels/decibels.ts";
import { KeptArrays } from "../kernels/keptArrays.ts";
import { type Kernels, loadKernels } from "../kernels/kernels.ts";
import { inPieces } from "../kernels/pieces.ts";

export interface GainCurveOptions {
  /** In dB relative to full scale. */
  readonly thresholdDb: number;
  /** From 1; Infinity limits. */
  readonly ratio: number;
  /** Width of the bend around the threshold; 0, a corner, by default. */
  readonly kneeDb?: number;
  /** 0 by default. */
  readonly makeupDb?: number;
  /** Runs the loop as WebAssembly where that can be had (the default), or plainly in TypeScript. */
  readonly compiled?: boolean;
}

/** The kernels compute with powers of two: so many of them is a decibel. */
const OCTAVES_PER_DB = Math.log2(10) / 20;

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
  readonly #kernels: Kernels | undefined;
  readonly #arrays: KeptArrays<Float32Array> | undefined;

  /** @throws RangeError when the ratio is below 1, the knee negative, or a level no number */
  constructor({ thresholdDb, ratio, kneeDb = 0, makeupDb = 0, compiled = true }: GainCurveOptions) {
    if (!(ratio >= 1)) throw new RangeError(`A compression ratio of ${ratio} expands: give 1 or more.`);
    if (!(kneeDb >= 0 && kneeDb < Infinity))
      throw new RangeError(`A knee of ${kneeDb} dB can't be drawn: give 0 or more.`);
    this.thresholdDb = finiteNumber("The threshold in dB", thresholdDb);
    this.kneeDb = kneeDb;
    this.makeupDb = finiteNumber("The make-up gain in dB", makeupDb);
    this.slope = 1 / ratio - 1;
    this.#kernels = compiled ? loadKernels() : undefined;
    this.#arrays = this.#kernels && new KeptArrays(this.#kernels, (layout, frames) => layout.floats(frames));
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
    inPieces([levels], [gains], ([from], [to]) => {
      if (from && to) this.#processPiece(from, to);
    });
  }

  #processPiece(levels: Float32Array, gains: Float32Array): void {
    const laid = this.#arrays?.of(levels.length);
    if (this.#kernels && laid) {
      laid.set(levels);
      this.processLaid(this.#kernels, laid);
      gains.set(laid);
      return;
    }
    for (let i = 0; i < levels.length; i += 1) {
      gains[i] = fromDecibels(this.gainDb(toDecibels(levels[i] ?? 0)));
    }
  }

  /** @internal Levels become gains where they lie in the kernels' memory. */
  processLaid({ run }: Kernels, levels: Float32Array): void {
    run.compressorGains(
      levels.byteOffset,
      levels.length,
      this.thresholdDb * OCTAVES_PER_DB,
      this.slope,
      this.kneeDb * OCTAVES_PER_DB,
      this.makeupDb * OCTAVES_PER_DB,
    );
  }
}
