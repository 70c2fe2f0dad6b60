import type { Block } from "waveflame";

/** A block of zeros that pushes out what a stage with a delay still holds. */
export const silence = (channelCount: number, frames: number): Block => ({
  channels: Array.from({ length: channelCount }, () => new Float32Array(frames)),
  frames,
  startFrame: 0,
  time: 0,
});
