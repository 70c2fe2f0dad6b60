import { magnitudesInto, powersInto } from "../fft/bins.ts";
import { binCountOf, type RealTransform } from "../fft/realTransform.ts";
import { sharedTransform } from "../fft/transforms.ts";
import { newSamples, wholeNumber, type Precision, type Samples, type SamplesOf } from "../samples.ts";
import type { WindowKind } from "../windows.ts";
import { Framer } from "./framer.ts";
import type { Padding } from "./frames.ts";
import { multiplyInto, windowOf } from "./windowed.ts";

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
  readonly #window: Float64Array;
  readonly #transform: RealTransform;
  readonly #output: "complex" | "magnitude" | "power";
  readonly #values: SamplesOf<P>;

  /** @throws RangeError where a size isn't a whole number, the window has another length, or `fftSize` is below `size` */
  constructor(options: StftOptions<P>) {
    const { size, padding = "none", output = "complex", window = "hann" } = options;
    const precision = (options.precision ?? "single") as P;
    this.size = wholeNumber("The size of a frame", size);
    this.hop = wholeNumber("The hop", options.hop ?? Math.max(1, Math.floor(size / 4)));
    this.fftSize = wholeNumber("The size of the FFT", options.fftSize ?? size, size);
    this.binCount = binCountOf(this.fftSize);
    this.#framer = new Framer({ size: this.size, hop: this.hop, padding, precision });
    this.#window = windowOf(window, this.size);
    this.#transform = sharedTransform(this.fftSize, precision);
    this.#output = output;
    this.#values = newSamples(precision, output === "complex" ? 2 * this.binCount : this.binCount);
  }

  /** Takes the next samples and gives the spectrum of each frame that they complete. */
  push(samples: Samples, onSpectrum: OnSpectrum<P>): void {
    this.#framer.push(samples, (frame, index) => onSpectrum(this.#spectrumOf(frame), index));
  }

  /** Ends the signal: gives the frames that only zeros complete, as `padding` says. What comes next is another signal. */
  finish(onSpectrum: OnSpectrum<P>): void {
    this.#framer.finish((frame, index) => onSpectrum(this.#spectrumOf(frame), index));
  }

  #spectrumOf(frame: Samples): SamplesOf<P> {
    const { samples, spectrum } = this.#transform;
    const values = this.#values;
    multiplyInto(frame, this.#window, samples);
    samples.fill(0, this.size);
    this.#transform.forward();
    if (this.#output === "power") powersInto(spectrum, values);
    else if (this.#output === "magnitude") magnitudesInto(spectrum, values);
    else values.set(spectrum);
    return values;
  }
}
