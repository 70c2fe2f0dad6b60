/** Frames of the features: 512 samples, half overlapping. */
export const FRAME = 512;
export const HOP = 256;
/** The spectrogram's lie closer together. */
export const SPECTROGRAM_HOP = 128;
/** Transforms of the spectra that are taken in batches. */
export const LONG_FRAME = 2048;
