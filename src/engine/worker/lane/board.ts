/**
 * A few numbers that a worker writes at every block and the engine reads from outside, because a busy worker answers
 * no message.
 */
export const Board = {
  /** Set by the engine: end after this block. */
  cancel: 0,
  /** Set by the engine: this pass takes long, turn the sampler on. */
  sample: 1,
  /** Index of the stage at work; −1 outside stages. */
  stage: 2,
  /** Counts whatever was finished, so that standing still can be seen. */
  beats: 3,
  /** Segment under way, from 0. */
  segment: 4,
  /** Position in the recording, in milliseconds. */
  position: 5,
  /** Stage calls of the pass so far. */
  calls: 6,
  /** 1 while a promise is awaited. */
  waiting: 7,
} as const;

const WORDS = Object.keys(Board).length;

/** Shared with a worker. */
export const newBoard = (): Int32Array =>
  new Int32Array(new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT));

/** For what a board in another process holds. */
export const newBoardCopy = (): Int32Array => new Int32Array(WORDS);
