export { batchSpectra } from "./batchSpectra.ts";
export { centroid } from "./centroid.ts";
export { energy } from "./energy.ts";
export { mfcc } from "./mfcc.ts";
export { onsets } from "./onsets.ts";
export { spectrogram } from "./spectrogram.ts";
