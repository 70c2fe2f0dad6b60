import type { ResponseBand } from "../../core/variants/variants.ts";
import { RealFft, windowFunction } from "../../library/spectrum/index.ts";

const FRAME = 8192;
const LOWEST_HZ = 25;
/** Bands this far below the loudest say nothing about a response. */
const AUDIBLE_DB = -90;

/** The power of a sound in third octaves, averaged over frames of all channels. */
export class BandPowers {
  readonly #bands: readonly Band[];
  readonly #fft = new RealFft(FRAME, { precision: "double" });
  readonly #window = windowFunction("hann", FRAME);
  readonly #frame = new Float64Array(FRAME);
  readonly #powers = new Float64Array(FRAME / 2 + 1);
  readonly #sums: Float64Array;
  /** Per channel: what doesn't fill a frame yet. */
  readonly #rests: { readonly samples: Float32Array; filled: number }[] = [];

  constructor(sampleRate: number) {
    this.#bands = thirdOctaves(sampleRate);
    this.#sums = new Float64Array(this.#bands.length);
  }

  add(channel: number, samples: Float32Array): void {
    const rest = (this.#rests[channel] ??= { samples: new Float32Array(FRAME), filled: 0 });
    for (let from = 0; from < samples.length;) {
      const taken = Math.min(samples.length - from, FRAME - rest.filled);
      rest.samples.set(samples.subarray(from, from + taken), rest.filled);
      rest.filled += taken;
      from += taken;
      if (rest.filled < FRAME) continue;
      this.#addFrame(rest.samples);
      rest.filled = 0;
    }
  }

  /** By how many decibels this sound is louder than another, where the other one sounds. */
  against(reference: BandPowers): ResponseBand[] {
    const own = this.#sumsWithRests();
    const others = reference.#sumsWithRests();
    const audible = Math.max(...others) * 10 ** (AUDIBLE_DB / 10);
    return this.#bands.flatMap(({ frequency }, band) => {
      const [power, other] = [own[band] ?? 0, others[band] ?? 0];
      if (other === 0 || other < audible) return [];
      return [{ frequency, differenceDb: 10 * Math.log10(Math.max(power / other, Number.MIN_VALUE)) }];
    });
  }

  /** What is left over counts as a frame that ends in silence. */
  #sumsWithRests(): readonly number[] {
    for (const rest of this.#rests) {
      if (rest.filled === 0) continue;
      rest.samples.fill(0, rest.filled);
      this.#addFrame(rest.samples);
      rest.filled = 0;
    }
    return [...this.#sums];
  }

  #addFrame(samples: Float32Array): void {
    for (let n = 0; n < FRAME; n++) this.#frame[n] = (samples[n] ?? 0) * (this.#window[n] ?? 0);
    this.#fft.powerSpectrum(this.#frame, this.#powers);
    this.#bands.forEach(({ from, to }, band) => {
      let sum = 0;
      for (let bin = from; bin < to; bin++) sum += this.#powers[bin] ?? 0;
      this.#sums[band] = (this.#sums[band] ?? 0) + sum;
    });
  }
}

interface Band {
  readonly frequency: number;
  /** Bins, `to` exclusive. */
  readonly from: number;
  readonly to: number;
}

/** Base-ten third octaves (IEC 61260-1) that lie below half the sample rate and hold a bin. */
function thirdOctaves(sampleRate: number): Band[] {
  const binHz = sampleRate / FRAME;
  const bands: Band[] = [];
  for (let index = Math.round(10 * Math.log10(LOWEST_HZ / 1000)); ; index++) {
    const frequency = 1000 * 10 ** (index / 10);
    const from = Math.ceil((frequency * 10 ** -0.05) / binHz);
    const to = Math.ceil((frequency * 10 ** 0.05) / binHz);
    if (to > FRAME / 2) return bands;
    if (to > from) bands.push({ frequency, from, to });
  }
}
