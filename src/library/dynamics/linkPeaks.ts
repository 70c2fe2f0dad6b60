/** The largest magnitude of all channels, frame by frame. */
export function linkPeaks(channels: readonly Float32Array[], peaks: Float32Array): void {
  peaks.fill(0);
  for (const samples of channels) {
    for (let i = 0; i < peaks.length; i += 1) {
      const peak = Math.abs(samples[i] ?? 0);
      if (peak > (peaks[i] ?? 0)) peaks[i] = peak;
    }
  }
}
