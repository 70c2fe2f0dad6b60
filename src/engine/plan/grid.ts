import type { Frames, Hertz, Seconds } from "../../core/units.ts";

/** A span of the recording that one worker gets at a time. */
export interface Segment {
  readonly index: number;
  readonly startFrame: Frames;
  readonly frames: Frames;
}

/**
 * The fixed grid: given by the file and the settings alone, never by the number of workers, so that the same input gives
 * the same values. A segment is a whole number of blocks, no shorter than was asked for.
 */
export function gridOf(
  frames: Frames,
  sampleRate: Hertz,
  blockFrames: Frames,
  segmentSeconds: Seconds,
): Segment[] {
  const blocks = Math.max(1, Math.ceil((segmentSeconds * sampleRate) / blockFrames));
  const length = blocks * blockFrames;
  const count = Math.ceil(frames / length);
  return Array.from({ length: count }, (_, index) => {
    const startFrame = index * length;
    return { index, startFrame, frames: Math.min(length, frames - startFrame) };
  });
}
