/** What remains of a difference after one frame, where it falls to 1/e in so many milliseconds: exp(−1 / (ms 10⁻³ fs)). 0 ms: nothing. */
export const timeConstant = (ms: number, sampleRate: number): number =>
  Math.exp(-1 / (ms * 1e-3 * sampleRate));

/** Whole frames in so many milliseconds. */
export const framesIn = (ms: number, sampleRate: number): number => Math.round(ms * 1e-3 * sampleRate);
