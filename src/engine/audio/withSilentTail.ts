import type { Frames, Seconds } from "../../core/units.ts";
import type { AudioSource } from "./audioSource.ts";

/** The beginning of a recording, and silence after it: some faults come only then. @param heard of the recording, at most all */
export function withSilentTail(source: AudioSource, heard: Frames, tail: Seconds): AudioSource {
  return {
    sampleRate: source.sampleRate,
    channelCount: source.channelCount,
    encoding: source.encoding,
    decodeMs: source.decodeMs,
    problems: source.problems,
    frames: heard + Math.round(tail * source.sampleRate),
    read: async (startFrame, frames) => {
      const there = Math.max(0, Math.min(frames, heard - startFrame));
      const read = there > 0 ? await source.read(startFrame, there) : [];
      return Array.from({ length: source.channelCount }, (_, channel) => {
        const samples = new Float32Array(frames);
        const beginning = read[channel];
        if (beginning) samples.set(beginning);
        return samples;
      });
    },
    close: () => source.close(),
  };
}
