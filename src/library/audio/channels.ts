import type { Channels } from "./audioFile.ts";

export const silence = (channelCount: number, frames: number): Channels =>
  Array.from({ length: channelCount }, () => new Float32Array(frames));

/** Some of the frames, without copying them. */
export const slice = (channels: Channels, from: number, to: number): Channels =>
  channels.map((samples) => samples.subarray(from, to));
