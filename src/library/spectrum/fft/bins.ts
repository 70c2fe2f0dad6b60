import type { Samples } from "../samples.ts";

/** |X|² of each interleaved bin, as many as `out` holds. */
export function powersInto(spectrum: Samples, out: Samples): void {
  for (let bin = 0; bin < out.length; bin += 1) {
    const re = spectrum[2 * bin] ?? 0;
    const im = spectrum[2 * bin + 1] ?? 0;
    out[bin] = re * re + im * im;
  }
}

/** |X| of each interleaved bin, as many as `out` holds. */
export function magnitudesInto(spectrum: Samples, out: Samples): void {
  for (let bin = 0; bin < out.length; bin += 1) {
    const re = spectrum[2 * bin] ?? 0;
    const im = spectrum[2 * bin + 1] ?? 0;
    out[bin] = Math.sqrt(re * re + im * im);
  }
}
