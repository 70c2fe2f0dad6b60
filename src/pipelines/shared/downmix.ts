import type { Block } from "waveflame";

/** The mean of all channels, in a new array. */
export function downmix({ channels, frames }: Block): Float32Array {
  const mono = new Float32Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    let sum = 0;
    for (const channel of channels) sum += channel[frame] ?? 0;
    mono[frame] = sum / channels.length;
  }
  return mono;
}
