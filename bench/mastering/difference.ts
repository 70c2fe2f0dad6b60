import type { Run } from "../../src/core/run.ts";
import { readBlocks } from "../../src/library/audio/index.ts";

/**
 * How far our sound, without its latency, is from the peer's, in dBFS. The first second is left out: the equaliser spreads what
 * begins in its first frame to before the beginning, where the peer cuts it off.
 *
 * @param theirs interleaved
 */
export async function differenceDb(written: string, run: Run, theirs: Float32Array): Promise<number> {
  const latency = run.stages.reduce((sum, { latencyFrames }) => sum + latencyFrames, 0);
  const { channels, sampleRate } = run.audio;
  let largest = 0;
  for await (const block of readBlocks(written)) {
    block.channels.forEach((samples, channel) => {
      samples.forEach((sample, index) => {
        const frame = block.startFrame + index - latency;
        const other = theirs[frame * channels + channel];
        if (frame >= sampleRate && other !== undefined) largest = Math.max(largest, Math.abs(sample - other));
      });
    });
  }
  return 20 * Math.log10(largest);
}
