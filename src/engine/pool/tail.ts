import type { SegmentAudio } from "../worker/laneProtocol.ts";

/** The fewest last blocks of a segment that hold so many seconds, copied; all of it where it is shorter. */
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
