import { binCountOf, type ArrangedTransform } from "../fft/realTransform.ts";
import { sharedTransform, type SharedArrays } from "../fft/transforms.ts";
import { checkRange, type BinRange } from "../loops/binRange.ts";
import { newSamples, wholeNumber, type Precision, type Samples, type SamplesOf } from "../samples.ts";
import type { WindowKind } from "../windows.ts";
import { Framer } from "./framer.ts";
import type { Padding } from "./frames.ts";
import { transformFrame } from "./transformFrame.ts";
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
  /** Instead of each bin: the mean magnitude or power of each of these ranges. */
  bands?: readonly BinRange[];
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
  readonly #shared: ArrangedTransform<SharedArrays>;
  readonly #output: "complex" | "magnitude" | "power";
  readonly #bands: readonly BinRange[] | undefined;
  readonly #values: SamplesOf<P>;

  /**
   * @throws RangeError where a size isn't a whole number, the window has another length, `fftSize` is below `size`, or a band
   * has no bins, or others than there are
   */
  constructor(options: StftOptions<P>) {
    const { size, padding = "none", output = "complex", window = "hann", bands } = options;
    const precision = (options.precision ?? "single") as P;
    this.size = wholeNumber("The size of a frame", size);
    this.hop = wholeNumber("The hop", options.hop ?? Math.max(1, Math.floor(size / 4)));
    this.fftSize = wholeNumber("The size of the FFT", options.fftSize ?? size, size);
    this.binCount = binCountOf(this.fftSize);
    this.#framer = new Framer({ size: this.size, hop: this.hop, padding, precision });
    this.#window = windowOf(window, this.size);
    this.#shared = sharedTransform(this.fftSize, precision);
    this.#output = output;
    this.#bands = bands;
    if (bands && output === "complex")
      throw new RangeError('Bands have no mean of complex bins: ask for the output "magnitude" or "power".');
    for (const band of bands ?? []) checkRange(band, this.binCount);
    this.#values = newSamples(
      precision,
      bands?.length ?? (output === "complex" ? 2 * this.binCount : this.binCount),
    );
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
    transformFrame(this.#shared, frame, this.#window);
    // The shared arrays are the next one's from now on.
    if (this.#bands) this.#putMeans(this.#bands);
    else this.#values.set(this.#outputOf(this.#shared.arrays));
    return this.#values;
  }

  #outputOf({ spectrum, values }: SharedArrays): Samples {
    const { loops } = this.#shared.transform;
    if (this.#output === "complex") return spectrum;
    if (this.#output === "power") loops.powers(spectrum, values);
    else loops.magnitudes(spectrum, values);
    return values;
  }

  #putMeans(bands: readonly BinRange[]): void {
    const { transform, arrays } = this.#shared;
    const isPower = this.#output === "power";
    bands.forEach((band, index) => {
      const sum = isPower
        ? transform.loops.powerSum(arrays.spectrum, band)
        : transform.loops.magnitudeSum(arrays.spectrum, band);
      this.#values[index] = sum / (band.to - band.from);
    });
  }
}
