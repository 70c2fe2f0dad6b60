/** Where callers may lay their arrays: nothing of this module lies behind it. */
export const arena: usize = __heap_base;

export { biquads, biquadSquares } from "./biquads";
export { decibels } from "./decibels";
export { followPeaks, followPower } from "./envelopes";
export { applyGains, compressorGains, limiterGains, linkPeaks } from "./gains";
export { interpolatedPeaks, resample } from "./polyphase";
export { mean, stereoSums, zeroCrossings } from "./sums";
