/** A frame times a window of the same length, in a new array. */
export const windowed = (frame: Float32Array, window: Float64Array): Float64Array =>
  window.map((weight, n) => weight * (frame[n] ?? 0));
