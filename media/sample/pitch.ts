const LOWEST_PITCH = 70;
const HIGHEST_PITCH = 400;

/** Keeps the newest `size` samples; a pitch needs a longer look back than one block. */
export function slidingFrame(size: number): (block: Float32Array) => Float32Array {
  const frame = new Float32Array(size);
  return (block) => {
    const newest = block.subarray(-size);
    frame.copyWithin(0, newest.length);
    frame.set(newest, size - newest.length);
    return frame;
  };
}

/** In Hz, from the delay after which the frame resembles itself most; 0 where nothing repeats. */
export function estimatePitch(frame: Float32Array, sampleRate: number): number {
  let bestDelay = 0;
  let bestLikeness = 0.5;
  for (let delay = Math.floor(sampleRate / HIGHEST_PITCH); delay <= sampleRate / LOWEST_PITCH; delay += 1) {
    const likeness = likenessAfter(frame, delay);
    // A little more is asked of longer delays: every second period resembles the first as well.
    if (likeness > bestLikeness * 1.03) {
      bestLikeness = likeness;
      bestDelay = delay;
    }
  }
  return bestDelay > 0 ? sampleRate / bestDelay : 0;
}

/** 1 where the frame repeats itself after the delay, 0 where it has nothing in common with itself. */
function likenessAfter(frame: Float32Array, delay: number): number {
  let product = 0;
  let energy = 0;
  let delayedEnergy = 0;
  for (let i = delay; i < frame.length; i += 1) {
    product += frame[i] * frame[i - delay];
    energy += frame[i] * frame[i];
    delayedEnergy += frame[i - delay] * frame[i - delay];
  }
  return energy > 0 && delayedEnergy > 0 ? product / Math.sqrt(energy * delayedEnergy) : 0;
}
