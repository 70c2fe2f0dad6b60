import { checkLength, type Samples } from "../samples.ts";
import { windowFunction, type WindowKind } from "../windows.ts";

/**
 * A window by name, or one of the caller's own.
 * @throws RangeError where that one has another length
 */
export function windowOf(window: WindowKind | ArrayLike<number>, size: number): Float64Array {
  if (typeof window === "string") return windowFunction(window, size);
  checkLength("The window", window, size);
  return Float64Array.from(window);
}

/** Sample by sample, as many as the window has. */
export function multiplyInto(samples: Samples, window: Float64Array, out: Samples): void {
  for (let n = 0; n < window.length; n += 1) out[n] = (samples[n] ?? 0) * (window[n] ?? 0);
}
