import { binCountOf } from "../fft/realTransform.ts";
import { arrangeTransform, SharedWindow } from "../fft/transforms.ts";
import { wholeNumber, type Precision, type Samples } from "../samples.ts";
import { Framer } from "./framer.ts";
import { transformFrame } from "./transformFrame.ts";
import { windowOf } from "./windowed.ts";
import type { StftOptions } from "./stft.ts";

export type FluxMeterOptions = Pick<StftOptions, "size" | "hop" | "window" | "precision">;

/** Is given a frame's spectral flux, and the frame's number, from 0 on. */
export type OnFlux = (flux: number, index: number) => void;

/**
 * The spectral flux of a signal that comes in blocks of any length: the sum of what the magnitudes of a frame rose above those of the frame
 * before. It compares and adds the magnitudes up where they are transformed. A frame with what is no number is left out.
 */
export class FluxMeter {
  readonly binCount: number;
  /** Of all frames so far, bin by bin: the sum of the magnitudes. */
  readonly magnitudeSums: Float64Array;
  readonly #framer: Framer<Precision>;
  readonly #window: Float64Array;
  readonly #arranged;
  #isFirst = true;

  /** @throws RangeError where a size isn't a whole number, or the window has another length */
  constructor(options: FluxMeterOptions) {
    const { precision = "single", window = "hann" } = options;
    const size = wholeNumber("The size of a frame", options.size);
    const hop = wholeNumber("The hop", options.hop ?? Math.max(1, Math.floor(size / 4)));
    const bins = binCountOf(size);
    this.binCount = bins;
    this.#framer = new Framer({ size, hop, precision });
    this.#window = windowOf(window, size);
    this.#arranged = arrangeTransform(size, precision, (make) => ({
      samples: make.samples(size),
      spectrum: make.samples(2 * bins),
      values: make.samples(bins),
      before: make.samples(bins),
      sums: make.doubles(bins),
      window: new SharedWindow(make.doubles(size)),
    }));
    this.magnitudeSums = this.#arranged.arrays.sums;
  }

  /** Takes the next samples and gives the flux of each frame that they complete: 0 of the first one, NaN of one that is left out. */
  push(samples: Samples, onFlux: OnFlux): void {
    this.#framer.push(samples, (frame, index) => onFlux(this.#fluxOf(frame), index));
  }

  #fluxOf(frame: Samples): number {
    const { transform, arrays } = this.#arranged;
    const spectrum = transformFrame(this.#arranged, frame, this.#window);
    const flux = transform.loops.rise(spectrum, arrays.before, arrays.sums, arrays.values);
    if (Number.isNaN(flux) || !this.#isFirst) return flux;
    this.#isFirst = false;
    return 0;
  }
}
