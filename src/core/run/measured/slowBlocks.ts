import type { Base1Line, Frames, Milliseconds, Seconds } from "../../units.ts";
import { fields, list, number, oneOf, optional, text, wholeFrom, type Check } from "../check.ts";

export const SLOW_BLOCK_CAUSES = [
  "first calls",
  "deoptimisation",
  "collection",
  "denormals",
  "the audio itself",
  "own rhythm",
  "another process",
  "unexplained",
] as const;
export type SlowBlockCause = (typeof SLOW_BLOCK_CAUSES)[number];

/** Blocks of one worker alone that took much longer than usual, and why. */
export interface SlowBlocks {
  /** How long a block has to take to be one of them. */
  readonly thresholdMs: Milliseconds;
  readonly usualMs: Milliseconds;
  /** All of them; `episodes` may leave out the shortest. */
  readonly count: number;
  /** How many of them have which cause. */
  readonly byCause: readonly { readonly cause: SlowBlockCause; readonly count: number }[];
  /** Slow blocks that follow one another with one cause, in order of time. */
  readonly episodes: readonly SlowEpisode[];
}

export interface SlowEpisode {
  readonly cause: SlowBlockCause;
  /** One sentence: what was seen that says so. */
  readonly evidence: string;
  /** From 0. */
  readonly firstBlock: number;
  readonly blocks: number;
  /** Where in the recording it begins. */
  readonly time: Seconds;
  /** When it began, since the pass of one worker alone did, and how long it was; older runs don't say. */
  readonly atMs?: Milliseconds;
  readonly lastedMs?: Milliseconds;
  readonly frames: Frames;
  readonly longestMs: Milliseconds;
  /** Above the usual, summed. */
  readonly excessMs: Milliseconds;
  /** Where most of the excess was spent. */
  readonly stage: string;
  readonly file?: string;
  readonly line?: Base1Line;
}

const cause = oneOf(...SLOW_BLOCK_CAUSES);
const count = wholeFrom(0);

export const slowBlocksShape: Check<SlowBlocks> = fields<SlowBlocks>({
  thresholdMs: number,
  usualMs: number,
  count,
  byCause: list(fields<SlowBlocks["byCause"][number]>({ cause, count })),
  episodes: list(
    fields<SlowEpisode>({
      cause,
      evidence: text,
      firstBlock: count,
      blocks: count,
      time: number,
      atMs: optional(number),
      lastedMs: optional(number),
      frames: count,
      longestMs: number,
      excessMs: number,
      stage: text,
      file: optional(text),
      line: optional(wholeFrom(1)),
    }),
  ),
});
