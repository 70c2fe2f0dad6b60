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

  return {
    process({ channels, frames }) {
      const here = levels.map((level) => level.subarray(0, frames));
      follower.process(channels, here);
      for (const level of here) {
        for (let frame = 0; frame < frames; frame++) {
          const value = level[frame] ?? 0;
          sum += value;
          if (value > highest) highest = value;
        }
      }
      samples += frames * channels.length;
    },
    finish() {
      emit("envelope", { mean: sum / Math.max(1, samples), highest });
    },
  };
};
