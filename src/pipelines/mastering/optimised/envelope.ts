import { EnvelopeFollower, type StageFactory } from "waveflame";
import { numberOf } from "../../shared/parameters.ts";

/** As the plain one, with both channels at once in the lanes of a compiled loop. */
export const envelope: StageFactory = ({ sampleRate, channelCount, blockFrames, parameters, emit }) => {
  const follower = new EnvelopeFollower({
    sampleRate,
    channels: channelCount,
    attackMs: numberOf(parameters, "attackMs"),
    releaseMs: numberOf(parameters, "releaseMs"),
  });
  const levels = Array.from({ length: channelCount }, () => new Float32Array(blockFrames));
  let sum = 0;
  let highest = 0;
  let samples = 0;

  /** Two sums side by side, because a single one makes each addition wait for the one before. */
  function addLevels(level: Float32Array, frames: number): void {
    let even = 0;
    let odd = 0;
    let most = highest;
    for (let frame = 0; frame < frames; frame += 2) {
      const one = level[frame] ?? 0;
      const other = frame + 1 < frames ? (level[frame + 1] ?? 0) : 0;
      even += one;
      odd += other;
      if (one > most) most = one;
      if (other > most) most = other;
    }
    sum += even + odd;
    highest = most;
  }

  return {
    process({ channels, frames }) {
      const here = frames === blockFrames ? levels : levels.map((level) => level.subarray(0, frames));
      follower.process(channels, here);
      for (const level of here) addLevels(level, frames);
      samples += frames * channels.length;
    },
    finish() {
      emit("envelope", { mean: sum / Math.max(1, samples), highest });
    },
  };
};
