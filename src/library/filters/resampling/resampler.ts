import { wholeNumber } from "../../checkArguments.ts";
import { checkChannels } from "../checkChannels.ts";
import { kaiserBeta, windowedSinc, withUnitSum } from "./kaiser.ts";
import { PolyphaseStream, type PolyphaseTable } from "./polyphaseStream.ts";

// No library: the one at hand, Speex's resampler, is slower than this, has no exact length, and its module can only be loaded asynchronously.

export interface ResamplerOptions {
  /** Sample rates in Hz, whole numbers. */
  readonly from: number;
  readonly to: number;
  /** 1 by default. */
  readonly channels?: number;
  /** Runs the loop as WebAssembly where that can be had (the default), or plainly in TypeScript. */
  readonly compiled?: boolean;
}

/** Samples of the lower rate on either side of each output sample. */
const HALF_WIDTH = 64;
const STOPBAND_DB = 110;
const MOST_COEFFICIENTS = 2 ** 23;

/**
 * Changes the sample rate of a stream by a windowed-sinc polyphase filter (J. O. Smith, Digital Audio Resampling): linear phase, flat to 0.44 of the
 * lower rate, images and aliases 110 dB down from half of it on. The sound isn't delayed, and `frames` become ⌈frames · to / from⌉. Where both rates are
 * one, samples stay as they are.
 */
export class Resampler {
  /** Also false where both rates are one: there is nothing to compute. */
  readonly isCompiled: boolean;
  readonly #channels: number;
  /** Undefined where both rates are one. */
  readonly #table: PolyphaseTable | undefined;
  readonly #streams: readonly PolyphaseStream[];
  #taken = 0;
  #given = 0;

  /** @throws RangeError when a rate isn't a whole number above 0, or their ratio isn't simple enough */
  constructor(options: ResamplerOptions) {
    const { from, to, compiled = true } = options;
    const channels = wholeNumber("The number of channels", options.channels ?? 1, 0);
    checkRates(from, to);
    const table = from === to ? undefined : resamplingTable(from, to);
    this.#channels = channels;
    this.#table = table;
    this.#streams = table
      ? Array.from({ length: channels }, () => new PolyphaseStream(table, table.taps / 2 - 1, compiled))
      : [];
    this.isCompiled = this.#streams[0]?.isCompiled ?? false;
  }

  /**
   * One block, an array per channel: new arrays with as much as can be told so far.
   * @throws RangeError when the number of channels isn't the one it was made for
   */
  process(input: readonly Float32Array[]): Float32Array[] {
    checkChannels("Resampler", this.#channels, input);
    if (!this.#table) return input.map((samples) => samples.slice());
    const output = this.#streams.map((stream, channel) =>
      stream.process(input[channel] ?? new Float32Array(0)),
    );
    this.#taken += input[0]?.length ?? 0;
    this.#given += output[0]?.length ?? 0;
    return output;
  }

  /** The rest, after the last block. */
  finish(): Float32Array[] {
    if (!this.#table) return Array.from({ length: this.#channels }, () => new Float32Array(0));
    const { up, down, taps } = this.#table;
    const rest = Math.ceil((this.#taken * up) / down) - this.#given;
    return this.#streams.map((stream) => stream.process(new Float32Array(taps / 2)).slice(0, rest));
  }
}

/** All of a recording at another rate. */
export function resample(channels: readonly Float32Array[], options: ResamplerOptions): Float32Array[] {
  const resampler = new Resampler({ ...options, channels: channels.length });
  const start = resampler.process(channels);
  const rest = resampler.finish();
  return start.map((samples, channel) => joined(samples, rest[channel]));
}

function checkRates(...rates: readonly number[]): void {
  for (const rate of rates) {
    if (!Number.isInteger(rate) || rate < 1) {
      throw new RangeError(`A sample rate of ${rate} Hz can't be resampled: give a whole number above 0.`);
    }
  }
}

function resamplingTable(from: number, to: number): PolyphaseTable {
  const divisor = greatestCommonDivisor(from, to);
  const up = to / divisor;
  const down = from / divisor;
  const widening = Math.max(1, down / up);
  // Rows of a multiple of eight taps.
  const half = 4 * Math.ceil((HALF_WIDTH * widening) / 4);
  if (up * 2 * half > MOST_COEFFICIENTS) {
    throw new RangeError(
      `Resampling from ${from} to ${to} Hz would take ${up * 2 * half} coefficients: go by way of a rate that has a simpler ratio to both.`,
    );
  }
  // The middle of the slope, as a fraction of half the lower rate: its foot is at 1.
  const middle = 1 - (STOPBAND_DB - 7.95) / (14.36 * 2 * HALF_WIDTH);
  return polyphaseTable(up, down, half, middle / widening, STOPBAND_DB);
}

/** Rows for each of `up` places; `cutoff` is a fraction of half the input rate. */
export function polyphaseTable(
  up: number,
  down: number,
  half: number,
  cutoff: number,
  stopbandDb: number,
): PolyphaseTable {
  const taps = 2 * half;
  const rows = new Float32Array(up * taps);
  const beta = kaiserBeta(stopbandDb);
  for (let phase = 0; phase < up; phase += 1) {
    const row = Array.from({ length: taps }, (_, tap) =>
      windowedSinc(tap - half + 1 - phase / up, cutoff, half, beta),
    );
    rows.set(withUnitSum(row), phase * taps);
  }
  return { up, down, taps, rows };
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);

function joined(start: Float32Array, rest: Float32Array = new Float32Array(0)): Float32Array {
  const whole = new Float32Array(start.length + rest.length);
  whole.set(start);
  whole.set(rest, start.length);
  return whole;
}
