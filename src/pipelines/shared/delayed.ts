import type { Block } from "waveflame";

/** A stage whose sound comes out later: silence at the end pushes out what it still holds. */
export const delayed = (
  channelCount: number,
  latencyFrames: number,
  process: (block: Block) => void,
): { process: typeof process; finish: () => Block } => ({
  process,
  finish() {
    const tail: Block = {
      channels: Array.from({ length: channelCount }, () => new Float32Array(latencyFrames)),
      frames: latencyFrames,
      startFrame: 0,
      time: 0,
    };
    process(tail);
    return tail;
  },
});
