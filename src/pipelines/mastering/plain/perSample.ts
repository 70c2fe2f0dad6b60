/** What is left of the old value after one sample, where `milliseconds` later 1/e of it is. */
export const perSample = (milliseconds: number, sampleRate: number): number =>
  Math.exp(-1 / (milliseconds * 1e-3 * sampleRate));
