import type { ArrangedTransform } from "../fft/realTransform.ts";
import type { SharedArrays } from "../fft/transforms.ts";
import type { Samples } from "../samples.ts";

/** The bins of a windowed frame, which zeros follow where the transform is longer; in the transform's array of bins. */
export function transformFrame(
  { transform, arrays }: ArrangedTransform<Pick<SharedArrays, "samples" | "spectrum" | "window">>,
  frame: Samples,
  window: Float64Array,
): Samples {
  const { samples, spectrum } = arrays;
  samples.set(frame);
  samples.fill(0, window.length);
  transform.loops.multiply(samples, arrays.window.weightsOf(window), samples);
  transform.forward(samples, spectrum);
  return spectrum;
}
