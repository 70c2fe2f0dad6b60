import { noteFallback } from "../../fallbacks.ts";
import { newSamples, type Precision, type Samples } from "../samples.ts";
import { PlainTransform } from "./plainTransform.ts";
import { arrangePffft, isPffftSize } from "./pffftTransform.ts";
import { binCountOf, type ArrangedTransform, type ArrayMaker } from "./realTransform.ts";

/** Whoever uses them fills one, transforms, and reads the other before anybody else does. */
export interface SharedArrays {
  readonly samples: Samples;
  readonly spectrum: Samples;
  /** As many numbers as there are bins. */
  readonly values: Samples;
  readonly window: SharedWindow;
}

/** Windows stay where they were copied to until another one is wanted. */
export class SharedWindow {
  readonly #weights: Float64Array;
  #copied: Float64Array | undefined;

  constructor(weights: Float64Array) {
    this.#weights = weights;
  }

  /** The window's values, where a transform's loops can have them; zeros follow. */
  weightsOf(window: Float64Array): Float64Array {
    if (this.#copied !== window) {
      this.#weights.set(window);
      this.#weights.fill(0, window.length);
      this.#copied = window;
    }
    return this.#weights;
  }
}

const inUse = new Map<string, WeakRef<ArrangedTransform<SharedArrays>>>();

/** The transform of a size, one for all who use it, as long as somebody does. */
export function sharedTransform(size: number, precision: Precision): ArrangedTransform<SharedArrays> {
  const key = `${precision} ${size}`;
  const shared = inUse.get(key)?.deref();
  if (shared) return shared;
  const bins = binCountOf(size);
  const made = arrangeTransform(size, precision, (make) => ({
    samples: make.samples(size),
    spectrum: make.samples(2 * bins),
    values: make.samples(bins),
    window: new SharedWindow(make.doubles(size)),
  }));
  for (const [other, transform] of inUse) if (!transform.deref()) inUse.delete(other);
  inUse.set(key, new WeakRef(made));
  return made;
}

/**
 * A transform of somebody's own.
 * @param arrange makes the arrays that it needs; may be called twice
 */
export function arrangeTransform<P extends Precision, T>(
  size: number,
  precision: P,
  arrange: (make: ArrayMaker<P>) => T,
): ArrangedTransform<T> {
  if (precision === "single" && isPffftSize(size)) {
    try {
      return arrangePffft(size, arrange as (make: ArrayMaker<"single">) => T);
    } catch (error) {
      noteFallback({
        wanted: "pffft, the FFT in WebAssembly",
        taken: "the TypeScript FFT",
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }
  const arrays = arrange({
    samples: (length) => newSamples(precision, length),
    doubles: (length) => new Float64Array(length),
  });
  return { transform: new PlainTransform(size), arrays };
}
