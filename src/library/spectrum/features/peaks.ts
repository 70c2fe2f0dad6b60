export interface PeakOptions {
  /** The least value of a peak; any by default. */
  height?: number;
  /** How far apart peaks are at least, in steps; of two that are nearer the higher one stays. 1 by default. */
  distance?: number;
}

/**
 * Where values are higher than their neighbours, in order; of a plateau its middle. The ends are no peaks. SciPy's
 * `signal.find_peaks(values, height, distance)`. Over `spectralFlux` from frame to frame it finds onsets.
 */
export function findPeaks(values: ArrayLike<number>, options: PeakOptions = {}): number[] {
  const { height = -Infinity, distance = 1 } = options;
  const peaks = localMaxima(values).filter((at) => (values[at] ?? 0) >= height);
  const kept = new Set(peaks);
  // Of equal peaks the last one wins, as in SciPy where there are few.
  const order = peaks.map((_, index) => index);
  order.sort((a, b) => (values[peaks[b] ?? 0] ?? 0) - (values[peaks[a] ?? 0] ?? 0) || b - a);
  for (const index of order) {
    const at = peaks[index] ?? 0;
    if (!kept.has(at)) continue;
    for (let other = index - 1; other >= 0 && at - (peaks[other] ?? 0) < distance; other -= 1)
      kept.delete(peaks[other] ?? 0);
    for (let other = index + 1; other < peaks.length && (peaks[other] ?? 0) - at < distance; other += 1)
      kept.delete(peaks[other] ?? 0);
  }
  return peaks.filter((at) => kept.has(at));
}

function localMaxima(values: ArrayLike<number>): number[] {
  const peaks: number[] = [];
  for (let left = 1; left < values.length - 1; left += 1) {
    const value = values[left] ?? 0;
    if (!((values[left - 1] ?? 0) < value)) continue;
    let right = left;
    while (right + 1 < values.length && values[right + 1] === value) right += 1;
    if (right < values.length - 1 && (values[right + 1] ?? 0) < value)
      peaks.push(Math.floor((left + right) / 2));
    left = right;
  }
  return peaks;
}
