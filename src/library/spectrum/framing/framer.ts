import { newSamples, wholeNumber, type Precision, type Samples, type SamplesOf } from "../samples.ts";
import { frameCount, leadOf, type FrameOptions, type Padding } from "./frames.ts";

export interface FramerOptions<P extends Precision = Precision> extends FrameOptions {
  precision?: P;
}

/** The frames of a signal that comes in blocks of any length; it keeps no more than one frame. */
export class Framer<P extends Precision = "single"> {
  readonly size: number;
  readonly hop: number;
  readonly #padding: Padding;
  readonly #frame: SamplesOf<P>;
  /** Samples of the next frame that have come. */
  #filled = 0;
  /** Samples to leave out before the next frame, where hops are longer than frames. */
  #skipped = 0;
  #received = 0;
  #given = 0;

  /** @throws RangeError where size or hop isn't a whole number from 1 on */
  constructor({ size, hop, padding = "none", precision }: FramerOptions<P>) {
    this.size = wholeNumber("The size of a frame", size);
    this.hop = wholeNumber("The hop", hop);
    this.#padding = padding;
    this.#frame = newSamples((precision ?? "single") as P, this.size);
    this.#begin();
  }

  /**
   * Takes the next samples and gives each frame that they complete; a frame is valid until the callback returns.
   * @param onFrame is given the frame's `size` samples and its number, from 0 on
   */
  push(samples: Samples, onFrame: (frame: SamplesOf<P>, index: number) => void): void {
    this.#received += samples.length;
    let from = Math.min(this.#skipped, samples.length);
    this.#skipped -= from;
    while (from < samples.length) {
      const count = Math.min(this.size - this.#filled, samples.length - from);
      this.#frame.set(samples.subarray(from, from + count), this.#filled);
      this.#filled += count;
      from += count;
      if (this.#filled < this.size) return;
      this.#give(onFrame);
      const left = Math.min(this.#skipped, samples.length - from);
      this.#skipped -= left;
      from += left;
    }
  }

  /** Ends the signal: gives the frames that only zeros complete, as `padding` says. What comes next is another signal. */
  finish(onFrame: (frame: SamplesOf<P>, index: number) => void): void {
    const count = frameCount(this.#received, { size: this.size, hop: this.hop, padding: this.#padding });
    while (this.#given < count) {
      this.#frame.fill(0, this.#filled);
      this.#give(onFrame);
    }
    this.#begin();
  }

  #give(onFrame: (frame: SamplesOf<P>, index: number) => void): void {
    const { size, hop } = this;
    onFrame(this.#frame, this.#given);
    this.#given += 1;
    if (hop < size) this.#frame.copyWithin(0, hop);
    this.#filled = Math.max(0, size - hop);
    this.#skipped = Math.max(0, hop - size);
  }

  #begin(): void {
    this.#frame.fill(0);
    this.#filled = leadOf(this.size, this.#padding);
    this.#skipped = this.#received = this.#given = 0;
  }
}
