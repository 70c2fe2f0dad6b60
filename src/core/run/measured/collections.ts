import type { Milliseconds, Seconds } from "../../units.ts";
import { fields, list, number, oneOf, orNull, text, wholeFrom, type Check } from "../check.ts";

export const COLLECTION_KINDS = ["minor", "major", "incremental", "weak callbacks"] as const;
export type CollectionKind = (typeof COLLECTION_KINDS)[number];

/** The pauses in which V8 collected garbage, in the pass that the durations are of. */
export interface Collections {
  /** The longest of them, in order of time; `totals` has them all. */
  readonly pauses: readonly CollectionPause[];
  readonly totals: readonly CollectionTotal[];
}

export interface CollectionPause {
  readonly kind: CollectionKind;
  /** Since the pass began. */
  readonly atMs: Milliseconds;
  readonly ms: Milliseconds;
  /** From 0. */
  readonly worker: number;
  /** The stage that it interrupted; null between stages. */
  readonly stage: string | null;
  /** The block that it came into, from 0 at the recording's beginning; null outside of blocks. */
  readonly block: number | null;
  /** Where in the recording that is. */
  readonly time: Seconds | null;
}

export interface CollectionTotal {
  readonly kind: CollectionKind;
  readonly stage: string | null;
  readonly count: number;
  readonly ms: Milliseconds;
  readonly longestMs: Milliseconds;
}

const kind = oneOf(...COLLECTION_KINDS);
const count = wholeFrom(0);

export const collectionsShape: Check<Collections> = fields<Collections>({
  pauses: list(
    fields<CollectionPause>({
      kind,
      atMs: number,
      ms: number,
      worker: count,
      stage: orNull(text),
      block: orNull(count),
      time: orNull(number),
    }),
  ),
  totals: list(fields<CollectionTotal>({ kind, stage: orNull(text), count, ms: number, longestMs: number })),
});
