/** Of the sample workspace. */
export const RECORDING = "speech.wav";
export const HOT_FILE = "pitch.ts";
/** Inside the loop that costs most. */
export const HOT_LINE = 36;
