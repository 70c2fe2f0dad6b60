import type { ChannelProcessor } from "./channelProcessor.ts";

/** Biquads one after the other over all channels. */
export interface BiquadLoop extends ChannelProcessor {
  /** Of each channel, Σ y² of what comes out; valid until the next call. */
  squareSums(input: readonly Float32Array[]): Float64Array;
}
