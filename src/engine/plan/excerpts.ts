import type { Bytes, Frames, Hertz, Seconds } from "../../core/units.ts";

/** The sampled pass goes through at most so much at once. */
const SAMPLED_SECONDS: Seconds = 30;
/** All of it stays in the worker, beside a copy of some blocks. */
const SAMPLED_BYTES: Bytes = 12 * 2 ** 20;
const MOST_EXCERPTS = 4;

export interface Excerpt {
  readonly startFrame: Frames;
  readonly frames: Frames;
}

/** The whole recording where it is short; otherwise some stretches of whole blocks, spread over it. */
export function excerptsOf(
  source: { readonly frames: Frames; readonly sampleRate: Hertz; readonly channelCount: number },
  blockFrames: Frames,
  mostSeconds: Seconds = SAMPLED_SECONDS,
): Excerpt[] {
  const held = SAMPLED_BYTES / (source.channelCount * Float32Array.BYTES_PER_ELEMENT);
  const blocks = Math.min(mostSeconds * source.sampleRate, held) / blockFrames;
  if (source.frames <= Math.ceil(blocks) * blockFrames) return [{ startFrame: 0, frames: source.frames }];
  const count = Math.max(1, Math.min(MOST_EXCERPTS, Math.floor(blocks)));
  const frames = Math.max(1, Math.floor(blocks / count)) * blockFrames;
  const stride = (source.frames - frames) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, index) => ({
    startFrame: Math.floor((index * stride) / blockFrames) * blockFrames,
    frames,
  }));
}
