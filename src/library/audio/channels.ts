import type { Channels } from "./audioFile.ts";

export const silence = (channelCount: number, frames: number): Channels =>
  Array.from({ length: channelCount }, () => new Float32Array(frames));
