import type { SegmentAudio } from "../worker/lane/laneProtocol.ts";

/** The fewest last blocks that hold so many seconds, copied; all of it where it is shorter. */
export function tailOf(audio: SegmentAudio, seconds: number): SegmentAudio {
  const wanted = seconds * audio.sampleRate;
  const all = audio.blocks.reduce((sum, length) => sum + length, 0);
  let first = audio.blocks.length;
  let held = 0;
  while (first > 0 && held < wanted) {
    first -= 1;
    held += audio.blocks[first] ?? 0;
  }
  return {
    sampleRate: audio.sampleRate,
    startFrame: audio.startFrame + all - held,
    blocks: audio.blocks.slice(first),
    channels: audio.channels.map((channel) => channel.slice(all - held, all)),
  };
}

/** Of two neighbours one. */
export function joined(first: SegmentAudio, second: SegmentAudio): SegmentAudio {
  if (first.blocks.length === 0) return second;
  if (second.blocks.length === 0) return first;
  return {
    ...first,
    blocks: [...first.blocks, ...second.blocks],
    channels: first.channels.map((channel, index) => {
      const more = second.channels[index] ?? new Float32Array(0);
      const both = new Float32Array(channel.length + more.length);
      both.set(channel);
      both.set(more, channel.length);
      return both;
    }),
  };
}
