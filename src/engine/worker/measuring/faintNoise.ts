import type { Block } from "../../../library/pipeline.ts";

/** Far below what anybody hears, far above where numbers become denormal. */
const AMPLITUDE = 1e-20;
/** No power of two, so that it doesn't repeat with the blocks. */
const LENGTH = 4093;

/** Multiplicative congruential, so that it is the same in each run (Park and Miller, "Random number generators", 1988). */
function noise(): Float32Array {
  let seed = 1;
  return Float32Array.from({ length: LENGTH }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return AMPLITUDE * ((2 * seed) / 2_147_483_647 - 1);
  });
}

/** Adds noise that keeps the state of filters out of denormal numbers: what becomes faster by it was slow because of those. */
export class FaintNoise {
  readonly #noise = noise();
  #at = 0;

  addTo({ channels, frames }: Block): void {
    for (const channel of channels)
      for (let frame = 0; frame < channel.length; frame++)
        channel[frame] = (channel[frame] ?? 0) + (this.#noise[(this.#at + frame) % LENGTH] ?? 0);
    this.#at = (this.#at + frames) % LENGTH;
  }
}
