import type { Block } from "waveflame";

/** The mean of all channels, always in the same array: valid until the next block. */
export function downmixer(blockFrames: number): (block: Block) => Float32Array {
  let mono = new Float32Array(blockFrames);
  // It has a name, because profiles show it.
  return function downmix({ channels, frames }) {
    if (mono.length < frames) mono = new Float32Array(frames);
    const [left, right] = channels;
    if (!left) return mono.subarray(0, 0);
    if (!right) return left;
    if (channels.length === 2) {
      for (let frame = 0; frame < frames; frame++)
        mono[frame] = ((left[frame] ?? 0) + (right[frame] ?? 0)) / 2;
    } else {
      mono.set(left);
      for (const channel of channels.slice(1))
        for (let frame = 0; frame < frames; frame++) mono[frame] = (mono[frame] ?? 0) + (channel[frame] ?? 0);
      for (let frame = 0; frame < frames; frame++) mono[frame] = (mono[frame] ?? 0) / channels.length;
    }
    return mono.subarray(0, frames);
  };
}
