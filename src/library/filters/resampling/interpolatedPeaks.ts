import { wholeNumber } from "../../checkArguments.ts";
import { KeptArrays } from "../../kernels/keptArrays.ts";
import { type Kernels, loadKernels } from "../../kernels/kernels.ts";
import { inPieces } from "../../kernels/pieces.ts";
import { checkChannels } from "../checkChannels.ts";
import { windowedSinc, withUnitSum } from "./kaiser.ts";

/** Frames that the newest peak is behind the newest sample. */
export const INTERPOLATION_LATENCY = 12;
/** Samples that each point between two samples is made from: half of them on either side. */
export const INTERPOLATION_TAPS = 2 * INTERPOLATION_LATENCY;
/** Flat within 0.05 dB up to 0.42 of the sample rate. */
const BETA = 4;

let table: Float32Array<ArrayBuffer> | undefined;

/** Three rows: the points at a quarter, a half and three quarters of the way from one sample to the next. */
export function interpolationTable(): Float32Array<ArrayBuffer> {
  table ??= Float32Array.from(
    [0.25, 0.5, 0.75].flatMap((place) =>
      withUnitSum(
        Array.from({ length: INTERPOLATION_TAPS }, (_, tap) =>
          windowedSinc(tap - INTERPOLATION_LATENCY + 1 - place, 1, INTERPOLATION_LATENCY, BETA),
        ),
      ),
    ),
  );
  return table;
}

/** By how much what lies between samples may exceed the largest of those that it is made from; rounded up. */
export function interpolationGain(): number {
  const table = interpolationTable();
  let most = 0;
  for (let row = 0; row < table.length; row += INTERPOLATION_TAPS) {
    const taps = table.subarray(row, row + INTERPOLATION_TAPS);
    most = Math.max(
      most,
      taps.reduce((sum, tap) => sum + Math.abs(tap), 0),
    );
  }
  return 1.001 * most;
}

export interface InterpolatedPeaksOptions {
  /** 1 by default. */
  readonly channels?: number;
  /** Runs the loop as WebAssembly where that can be had (the default), or plainly in TypeScript. */
  readonly compiled?: boolean;
}

interface PeakArrays {
  readonly raised: Float32Array;
  readonly audio: Float32Array;
  readonly rows: Float32Array;
}

/** Keeps a channel's newest samples in front of the next block. */
class Joined {
  #samples = new Float32Array(INTERPOLATION_TAPS - 1);

  /** The samples kept, then the block; valid until the next call. */
  with(block: Float32Array): Float32Array {
    const kept = INTERPOLATION_TAPS - 1;
    const before = this.#samples;
    if (before.length !== kept + block.length) this.#samples = new Float32Array(kept + block.length);
    this.#samples.set(before.subarray(before.length - kept));
    this.#samples.set(block, kept);
    return this.#samples;
  }
}

/**
 * The magnitude of a signal where it is largest on the way from one sample to the next, at four times the sample rate (ITU-R BS.1770-5, annex 2).
 * What it gives belongs to the sample `INTERPOLATION_LATENCY` frames before.
 */
export class InterpolatedPeaks {
  readonly isCompiled: boolean;
  readonly #gain = interpolationGain();
  readonly #joined: readonly Joined[];
  readonly #kernels: Kernels | undefined;
  readonly #arrays: KeptArrays<PeakArrays> | undefined;

  /** @throws RangeError when there is no such number of channels */
  constructor(options: InterpolatedPeaksOptions = {}) {
    const { compiled = true } = options;
    const channels = wholeNumber("The number of channels", options.channels ?? 1);
    this.#joined = Array.from({ length: channels }, () => new Joined());
    this.#kernels = compiled ? loadKernels() : undefined;
    this.isCompiled = this.#kernels !== undefined;
    this.#arrays =
      this.#kernels &&
      new KeptArrays(this.#kernels, (layout, frames) => ({
        raised: layout.floats(frames),
        audio: layout.floats(INTERPOLATION_TAPS - 1 + frames),
        rows: layout.floats(interpolationTable().length),
      }));
  }

  /**
   * One block: the largest magnitude of all channels for each frame.
   * @param above peaks that can't exceed it may come out as the samples' own, which takes less time
   * @throws RangeError when the number of channels isn't the one it was made for
   */
  process(channels: readonly Float32Array[], peaks: Float32Array, above = 0): void {
    checkChannels("InterpolatedPeaks", this.#joined.length, channels);
    const quiet = above / this.#gain;
    inPieces(channels, [peaks], (from, [to]) => {
      if (to) this.#processPiece(from, to, quiet);
    });
  }

  #processPiece(channels: readonly Float32Array[], peaks: Float32Array, quiet: number): void {
    peaks.fill(0);
    for (const [channel, samples] of channels.entries()) {
      const joined = this.#joined[channel]?.with(samples);
      if (joined) this.#raise(peaks, joined, quiet);
    }
  }

  #raise(peaks: Float32Array, joined: Float32Array, quiet: number): void {
    const laid = this.#arrays?.of(peaks.length);
    if (this.#kernels && laid) raiseCompiled(this.#kernels, laid, peaks, joined, quiet);
    else raisePlain(peaks, joined);
  }
}

function raisePlain(peaks: Float32Array, joined: Float32Array): void {
  const rows = interpolationTable();
  for (let frame = 0; frame < peaks.length; frame += 1) {
    let peak = larger(peaks[frame] ?? 0, Math.abs(joined[frame + INTERPOLATION_LATENCY - 1] ?? 0));
    for (let row = 0; row < rows.length; row += INTERPOLATION_TAPS) {
      let sum = 0;
      for (let tap = 0; tap < INTERPOLATION_TAPS; tap += 1) {
        sum += (rows[row + tap] ?? 0) * (joined[frame + tap] ?? 0);
      }
      peak = larger(peak, Math.abs(sum));
    }
    peaks[frame] = peak;
  }
}

/** Unlike Math.max it passes over what is no number. */
const larger = (peak: number, other: number): number => (other > peak ? other : peak);

function raiseCompiled(
  { run }: Kernels,
  { raised, audio, rows }: PeakArrays,
  peaks: Float32Array,
  joined: Float32Array,
  quiet: number,
): void {
  audio.set(joined);
  rows.set(interpolationTable());
  raised.set(peaks);
  const newest = audio.byteOffset + (INTERPOLATION_TAPS - 1) * audio.BYTES_PER_ELEMENT;
  run.interpolatedPeaks(newest, raised.length, rows.byteOffset, INTERPOLATION_TAPS, raised.byteOffset, quiet);
  peaks.set(raised);
}
