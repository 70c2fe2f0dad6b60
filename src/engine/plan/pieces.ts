import type { Bytes, Frames } from "../../core/units.ts";
import type { Segment } from "./grid.ts";

/** What travels at once: a segment, or so many whole blocks of one that is too large. */
export interface Piece {
  /** Among all pieces, in order of time. */
  readonly index: number;
  readonly segment: number;
  /** Within its segment, from 0. */
  readonly number: number;
  readonly startFrame: Frames;
  readonly frames: Frames;
  readonly endsSegment: boolean;
}

/**
 * A worker holds at most 16 MB of samples: a piece, what the stages made of it and room for both to be handed over. What
 * a stage asks for beyond that (a longer output, a warm-up, a block that is larger) comes on top.
 */
export const PIECE_BYTES: Bytes = 4 * 2 ** 20;

/** Cuts segments into pieces; never across a grid point, so that nothing depends on where they are cut. */
export function piecesOf(
  segments: readonly Segment[],
  blockFrames: Frames,
  channelCount: number,
  mostBytes: Bytes = PIECE_BYTES,
): Piece[] {
  const blockBytes = blockFrames * channelCount * Float32Array.BYTES_PER_ELEMENT;
  const most = Math.max(1, Math.floor(mostBytes / blockBytes)) * blockFrames;
  const pieces: Piece[] = [];
  for (const { index: segment, startFrame, frames } of segments) {
    for (let from = 0; from < frames; from += most) {
      pieces.push({
        index: pieces.length,
        segment,
        number: from / most,
        startFrame: startFrame + from,
        frames: Math.min(most, frames - from),
        endsSegment: from + most >= frames,
      });
    }
  }
  return pieces;
}
