import { noteFallback } from "../../fallbacks.ts";
import type { Precision } from "../samples.ts";
import { doubleTransform } from "./doubleTransform.ts";
import { isPffftSize, PffftTransform } from "./pffftTransform.ts";
import type { RealTransform } from "./realTransform.ts";

const inUse = new Map<string, WeakRef<RealTransform>>();

/** The transform of a size, one for all who use it, as long as somebody does. */
export function sharedTransform(size: number, precision: Precision): RealTransform {
  const key = `${precision} ${size}`;
  const shared = inUse.get(key)?.deref();
  if (shared) return shared;
  const made = newTransform(size, precision);
  for (const [other, transform] of inUse) if (!transform.deref()) inUse.delete(other);
  inUse.set(key, new WeakRef(made));
  return made;
}

/** A transform of somebody's own; pffft's holds so many rows, others hold one. */
export function newTransform(size: number, precision: Precision, rows = 1): RealTransform {
  if (precision === "double" || !isPffftSize(size)) return doubleTransform(size);
  try {
    return new PffftTransform(size, rows);
  } catch (error) {
    noteFallback({
      wanted: "pffft, the FFT in WebAssembly",
      taken: "the TypeScript FFT",
      reason: error instanceof Error ? error.message : String(error),
    });
    return doubleTransform(size);
  }
}
