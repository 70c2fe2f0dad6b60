/** Takes a sound through, block by block; its state lasts from one to the next. */
export interface ChannelProcessor {
  /** @param input an array per channel, all of one length @param output the same, which may be the input */
  process(input: readonly Float32Array[], output: readonly Float32Array[]): void;
}
