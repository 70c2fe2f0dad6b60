import { binCountOf, type ArrangedTransform } from "../fft/realTransform.ts";
import { arrangeTransform } from "../fft/transforms.ts";
import type { BinRange } from "../loops/spectrumLoops.ts";
import { wholeNumber, type Precision, type Samples, type SamplesOf } from "../samples.ts";
import type { WindowKind } from "../windows.ts";
import { Framer } from "./framer.ts";
import type { Padding } from "./frames.ts";
import { windowOf } from "./windowed.ts";

export interface StftOptions<P extends Precision = Precision> {
  /** Samples of a frame. */
  size: number;
  /** Samples from frame to frame; a quarter of a frame by default. */
  hop?: number;
  /** A kind, or `size` values of your own; `hann` by default. */
  window?: WindowKind | ArrayLike<number>;
  /** Samples of a transform, from `size` on: zeros follow the frame. The same as `size` by default. */
  fftSize?: number;
  padding?: Padding;
  /** What a frame becomes: interleaved bins (`complex`, the default), |X| (`magnitude`) or |X|² (`power`). */
  output?: "complex" | "magnitude" | "power";
  precision?: P;
}

/** Is given the values of a frame, valid until it returns, and the frame's number, from 0 on. */
export type OnSpectrum<P extends Precision = "single"> = (spectrum: SamplesOf<P>, index: number) => void;

interface StftArrays<P extends Precision> {
  readonly window: Float64Array;
  readonly samples: SamplesOf<P>;
  readonly spectrum: SamplesOf<P>;
  readonly values: SamplesOf<P>;
}

/**
 * The short-time Fourier transform of a signal that comes in blocks of any length. It keeps one frame, so memory
 * doesn't grow with the signal. Spectra are unscaled, as librosa's.
 */
export class Stft<P extends Precision = "single"> {
  readonly size: number;
  readonly hop: number;
  readonly fftSize: number;
  /** Bins of a spectrum: ⌊fftSize / 2⌋ + 1. */
  readonly binCount: number;
  readonly #framer: Framer<P>;
  readonly #arranged: ArrangedTransform<StftArrays<P>>;
  readonly #output: "complex" | "magnitude" | "power";

  /** @throws RangeError where a size isn't a whole number, the window has another length, or `fftSize` is below `size` */
  constructor(options: StftOptions<P>) {
    const { size, padding = "none", output = "complex", window = "hann" } = options;
    const precision = (options.precision ?? "single") as P;
    this.size = wholeNumber("The size of a frame", size);
    this.hop = wholeNumber("The hop", options.hop ?? Math.max(1, Math.floor(size / 4)));
    this.fftSize = wholeNumber("The size of the FFT", options.fftSize ?? size, size);
    this.binCount = binCountOf(this.fftSize);
    this.#framer = new Framer({ size: this.size, hop: this.hop, padding, precision });
    this.#output = output;
    this.#arranged = arrangeTransform(this.fftSize, precision, (make) => ({
      window: make.doubles(this.size),
      samples: make.samples(this.fftSize),
      spectrum: make.samples(2 * this.binCount),
      values: make.samples(this.binCount),
    }));
    this.#arranged.arrays.window.set(windowOf(window, this.size));
  }

  /** Takes the next samples and gives the spectrum of each frame that they complete. */
  push(samples: Samples, onSpectrum: OnSpectrum<P>): void {
    this.#framer.push(samples, (frame, index) => onSpectrum(this.#spectrumOf(frame), index));
  }

  /** Ends the signal: gives the frames that only zeros complete, as `padding` says. What comes next is another signal. */
  finish(onSpectrum: OnSpectrum<P>): void {
    this.#framer.finish((frame, index) => onSpectrum(this.#spectrumOf(frame), index));
  }

  /** Within the callback: Σ |X| of a range of its frame's bins, whatever `output` is. */
  magnitudeSum(range: BinRange): number {
    const { transform, arrays } = this.#arranged;
    return transform.loops.magnitudeSum(arrays.spectrum, range);
  }

  #spectrumOf(frame: Samples): SamplesOf<P> {
    const { transform, arrays } = this.#arranged;
    const { window, samples, spectrum, values } = arrays;
    // Behind the frame zeros stay, as far as the transform is longer.
    samples.set(frame);
    transform.loops.multiply(samples, window, samples);
    transform.forward(samples, spectrum);
    if (this.#output === "complex") return spectrum;
    if (this.#output === "power") transform.loops.powers(spectrum, values);
    else transform.loops.magnitudes(spectrum, values);
    return values;
  }
}
