import { checkLength } from "../samples.ts";
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
