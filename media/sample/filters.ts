/// <reference path="./waveflame.d.ts" />
import type { Block } from "waveflame";

type Filter = (sample: number) => number;

/** Second-order low-pass after Butterworth. */
export function lowPass(cutoff: number, sampleRate: number): Filter {
  const { cosine, alpha } = angle(cutoff, sampleRate);
  return biquad([(1 - cosine) / 2, 1 - cosine, (1 - cosine) / 2], [1 + alpha, -2 * cosine, 1 - alpha]);
}

/** Second-order high-pass after Butterworth. */
export function highPass(cutoff: number, sampleRate: number): Filter {
  const { cosine, alpha } = angle(cutoff, sampleRate);
  return biquad([(1 + cosine) / 2, -1 - cosine, (1 + cosine) / 2], [1 + alpha, -2 * cosine, 1 - alpha]);
}

function angle(cutoff: number, sampleRate: number) {
  const radians = (2 * Math.PI * cutoff) / sampleRate;
  return { cosine: Math.cos(radians), alpha: Math.sin(radians) * Math.SQRT1_2 };
}

function biquad(b: number[], a: number[]): Filter {
  const [b0, b1, b2, a1, a2] = [b[0] / a[0], b[1] / a[0], b[2] / a[0], a[1] / a[0], a[2] / a[0]];
  let first = 0;
  let second = 0;
  return (x) => {
    const y = b0 * x + first;
    first = b1 * x - a1 * y + second;
    second = b2 * x - a2 * y;
    return y;
  };
}

/** Turns down what is louder than the threshold (in dB), both channels alike; `release` in seconds. */
export function turnDown(threshold: number, ratio: number, release: number, sampleRate: number) {
  const fall = Math.exp(-1 / (release * sampleRate));
  let level = 0;
  return ({ channels, frames }: Block) => {
    for (let i = 0; i < frames; i += 1) {
      for (const samples of channels) level = Math.max(Math.abs(samples[i]), level * fall);
      const over = 20 * Math.log10(level + 1e-9) - threshold;
      const gain = over > 0 ? Math.pow(10, (-over * (1 - 1 / ratio)) / 20) : 1;
      for (const samples of channels) samples[i] *= gain;
    }
  };
}

/** The energy around a frequency: one bin of a Fourier transform, by Goertzel's recursion. */
export function bandEnergy(samples: Float32Array, frequency: number, sampleRate: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * frequency) / sampleRate);
  let last = 0;
  let beforeLast = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / samples.length);
    const now = samples[i] * window + turn * last - beforeLast;
    beforeLast = last;
    last = now;
  }
  return (last * last + beforeLast * beforeLast - turn * last * beforeLast) / samples.length ** 2;
}
