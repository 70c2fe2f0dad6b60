import type { Samples } from "../samples.ts";

/**
 * A real transform of one size with arrays of its own: whoever uses it fills one, transforms, and reads the other before
 * anybody else does, since all transforms of a size share them.
 */
export interface RealTransform {
  readonly size: number;
  /** Rows of `size` samples; one row where nothing else is said. `forward` may overwrite them. */
  readonly samples: Samples;
  /** Bins 0 to ⌊size / 2⌋ as real and imaginary part in turn. `inverse` may overwrite them. */
  readonly spectrum: Samples;
  /** From a row of `samples` to `spectrum`. */
  forward(row?: number): void;
  /** From `spectrum` to the first row of `samples`, times `size`. */
  inverse(): void;
}

/** How many bins a real transform of this size has: 0 Hz to half the sample rate, both included. */
export const binCountOf = (size: number): number => Math.floor(size / 2) + 1;
