/**
 * What remains of a difference after one frame, where it falls to 1/e in so many milliseconds: exp(−1 / (ms 10⁻³ fs)). 0 ms: nothing.
 * @throws RangeError when the time is negative or the sample rate isn't positive
 */
export function timeConstant(ms: number, sampleRate: number): number {
  checkTime(ms, sampleRate);
  return Math.exp(-1 / (ms * 1e-3 * sampleRate));
}

/**
 * Whole frames in so many milliseconds.
 * @throws RangeError when the time is negative or the sample rate isn't positive
 */
export function framesIn(ms: number, sampleRate: number): number {
  checkTime(ms, sampleRate);
  return Math.round(ms * 1e-3 * sampleRate);
}

function checkTime(ms: number, sampleRate: number): void {
  if (ms >= 0 && sampleRate > 0 && Number.isFinite(ms) && Number.isFinite(sampleRate)) return;
  throw new RangeError(
    `${ms} ms at a sample rate of ${sampleRate} Hz is no time: give milliseconds from 0 and a rate above 0.`,
  );
}
