import type { Bytes, Seconds } from "../../units.ts";
import { fields, list, number, orNull, text, wholeFrom, type Check } from "../check.ts";

/** What stages take of memory, and whether they keep it. */
export interface StageMemoryFacts {
  readonly stages: readonly StageMemory[];
  /** The ten that allocate most, from V8's heap sampler, in a pass of its own. */
  readonly functions: readonly Allocator[];
  /** What was held after collections, in that pass; null where it was too short to tell. */
  readonly growth: Growth | null;
}

/** Of the calls that were looked at, extrapolated to all of them. */
export interface StageMemory {
  /** A name in `stages`. */
  readonly stage: string;
  /** Calls that were looked at and that no collection came into. */
  readonly callsMeasured: number;
  /** JavaScript's heap. */
  readonly heapBytesPerCall: Bytes;
  /** Outside of the heap, array buffers left out. */
  readonly externalBytesPerCall: Bytes;
  readonly arrayBufferBytesPerCall: Bytes;
  /** All three, per minute of audio. */
  readonly mbPerAudioMinute: number;
  /** All three, per second of the stage's own work. */
  readonly mbPerSecond: number;
  /** The most that the worker held after a call of it that was looked at: heap, external and array buffers. */
  readonly peakMB: number;
}

export interface Allocator {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly stage: string | null;
  /** Everything that it allocated in the excerpt, collected meanwhile or not; typed arrays' contents aren't seen. */
  readonly bytes: Bytes;
  /** What of it was still held at the end, after a collection. */
  readonly heldBytes: Bytes;
}

export interface Growth {
  readonly audioSeconds: Seconds;
  /** More held after the second half than after the first, per minute of audio; below the noise 0. */
  readonly mbPerAudioMinute: number;
  /** Where most of it is held; null where that can't be told. */
  readonly stage: string | null;
}

export const stageMemoryShape: Check<StageMemoryFacts> = fields<StageMemoryFacts>({
  stages: list(
    fields<StageMemory>({
      stage: text,
      callsMeasured: wholeFrom(0),
      heapBytesPerCall: number,
      externalBytesPerCall: number,
      arrayBufferBytesPerCall: number,
      mbPerAudioMinute: number,
      mbPerSecond: number,
      peakMB: number,
    }),
  ),
  functions: list(
    fields<Allocator>({
      name: text,
      file: text,
      line: wholeFrom(0),
      stage: orNull(text),
      bytes: number,
      heldBytes: number,
    }),
  ),
  growth: orNull(fields<Growth>({ audioSeconds: number, mbPerAudioMinute: number, stage: orNull(text) })),
});
