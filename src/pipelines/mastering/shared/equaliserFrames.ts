export const EQUALISER_FRAME = 4096;
export const EQUALISER_HOP = 2048;
/** The sound comes out a frame later. */
export const equaliserLatency = (): number => EQUALISER_FRAME;
