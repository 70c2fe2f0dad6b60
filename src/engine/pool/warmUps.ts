import type { Piece } from "../plan/pieces.ts";
import type { SegmentAudio } from "../worker/lane/laneProtocol.ts";
import { joined, tailOf } from "./tail.ts";

export interface WarmPiece {
  readonly piece: Piece;
  readonly audio: SegmentAudio;
  /** What was heard before its segment; null at the beginning, and but for a segment's first piece. */
  readonly warmUp: SegmentAudio | null;
}

interface Tail {
  readonly audio: SegmentAudio;
  readonly isWhole: boolean;
}

/** For a group that warms up: holds a segment's first piece back until the end of the segment before is known. */
export class WarmUps {
  readonly #seconds: number;
  /** By segment. */
  readonly #tails = new Map<number, Tail>();
  readonly #early = new Map<number, { readonly piece: Piece; readonly audio: SegmentAudio }>();

  constructor(seconds: number) {
    this.#seconds = seconds;
  }

  /** @returns what can go on now */
  enter(piece: Piece, audio: SegmentAudio): WarmPiece[] {
    const { segment, number, endsSegment } = piece;
    const known = this.#tails.get(segment)?.audio;
    const tail = tailOf(audio, this.#seconds);
    this.#tails.set(segment, {
      audio: known ? tailOf(joined(known, tail), this.#seconds) : tail,
      isWhole: endsSegment,
    });
    const now: WarmPiece[] = [];
    if (number === 0 && segment > 0) {
      this.#early.set(segment, { piece, audio });
      now.push(...this.#release(segment));
    } else {
      now.push({ piece, audio, warmUp: null });
    }
    return endsSegment ? [...now, ...this.#release(segment + 1)] : now;
  }

  #release(segment: number): WarmPiece[] {
    const early = this.#early.get(segment);
    const before = this.#tails.get(segment - 1);
    if (!early || !before?.isWhole) return [];
    this.#early.delete(segment);
    this.#tails.delete(segment - 1);
    return [{ ...early, warmUp: before.audio }];
  }
}
