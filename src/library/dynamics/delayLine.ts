import { wholeNumber } from "../checkArguments.ts";
import { checkChannels } from "../filters/checkChannels.ts";

/** Delays channels by whole frames. */
export class DelayLine {
  readonly frames: number;
  readonly #rings: readonly Float32Array[];
  #at = 0;

  /** @throws RangeError when `frames` isn't a whole number from 0 */
  constructor(frames: number, options: { readonly channels?: number } = {}) {
    if (!Number.isInteger(frames) || frames < 0) {
      throw new RangeError(`A delay of ${frames} frames can't be made: give a whole number from 0.`);
    }
    const channels = wholeNumber("The number of channels", options.channels ?? 1);
    this.frames = frames;
    this.#rings = Array.from({ length: channels }, () => new Float32Array(frames));
  }

  /**
   * One block: an array per channel, all of one length, into `output`, which may be the input.
   * @throws RangeError when the number of channels isn't the one it was made for
   */
  process(input: readonly Float32Array[], output: readonly Float32Array[] = input): void {
    checkChannels("DelayLine", this.#rings.length, input);
    const count = input[0]?.length ?? 0;
    for (const [channel, samples] of input.entries()) {
      const ring = this.#rings[channel];
      const delayed = output[channel];
      if (!ring || !delayed) continue;
      if (this.frames === 0) {
        delayed.set(samples);
        continue;
      }
      let at = this.#at;
      for (let i = 0; i < samples.length; i += 1) {
        const sample = samples[i] ?? 0;
        delayed[i] = ring[at] ?? 0;
        ring[at] = sample;
        at = at + 1 < ring.length ? at + 1 : 0;
      }
    }
    if (this.frames > 0) this.#at = (this.#at + count) % this.frames;
  }
}
