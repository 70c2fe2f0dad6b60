export { kWeighting } from "./kWeighting.ts";
export { LoudnessMeter, type LoudnessMeterOptions } from "./loudnessMeter.ts";
export { type Loudness, measureLoudness } from "./measureLoudness.ts";
export { TruePeakMeter, type TruePeakMeterOptions } from "./truePeak.ts";
