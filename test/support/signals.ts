/** A sine of so many frames; `amplitude` 1 is full scale, `phase` in radians. */
export const sine = (
  frequencyHz: number,
  sampleRate: number,
  frames: number,
  amplitude = 1,
  phase = 0,
): Float32Array =>
  Float32Array.from(
    { length: frames },
    (_, i) => amplitude * Math.sin((2 * Math.PI * frequencyHz * i) / sampleRate + phase),
  );

/** Noise from −1 to 1, the same for the same seed (mulberry32). */
export function noise(frames: number, seed = 1): Float32Array {
  let state = seed;
  return Float32Array.from({ length: frames }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  });
}

/** Two sines and some clicks in 256 samples: what the figures from SciPy were taken of. */
export const sinesAndClicks = (): Float32Array =>
  Float32Array.from(
    { length: 256 },
    (_, i) => 0.5 * Math.sin(0.05 * i) + 0.25 * Math.sin(0.9 * i) + (i % 7 === 0 ? 0.2 : 0),
  );

export const concatenated = (parts: readonly Float32Array[]): Float32Array => {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** Hands over channels block by block, in place of the whole. */
export function inBlocks(
  channels: readonly Float32Array[],
  blockFrames: number,
  take: (block: Float32Array[]) => void,
): void {
  for (let start = 0; start < channels[0]!.length; start += blockFrames) {
    take(channels.map((samples) => samples.subarray(start, start + blockFrames)));
  }
}

export const largest = (samples: Float32Array): number =>
  samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** Peak of the difference, in dB relative to full scale. */
export const differenceDb = (a: Float32Array, b: Float32Array): number =>
  20 * Math.log10(largest(a.map((x, i) => x - b[i]!)));

/** Root mean square in dB relative to full scale. */
export const rmsDb = (samples: Float32Array): number =>
  10 * Math.log10(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
