/** How many frames of the recording a stage heard: what came while the sound was held back before it is in no mean. */
export const heardFrames = (frames: number, latencyFrames: number): number =>
  Math.max(1, frames - latencyFrames);
