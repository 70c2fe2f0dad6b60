import { EnvelopeFollower, type StageFactory } from "waveflame";
import { numberOf } from "../../shared/parameters.ts";
import { heardFrames } from "../shared/heardFrames.ts";

/** As the plain one, with both channels at once in the lanes of a compiled loop, which also adds the levels up. */
export const envelope: StageFactory = ({ sampleRate, channelCount, latencyFrames, parameters, emit }) => {
  const follower = new EnvelopeFollower({
    sampleRate,
    channels: channelCount,
    attackMs: numberOf(parameters, "attackMs", 0),
    releaseMs: numberOf(parameters, "releaseMs", 0),
  });
  let heard = 0;

  return {
    process({ channels, frames }) {
      follower.push(channels);
      heard += frames;
    },
    finish() {
      emit("envelope", {
        mean: (follower.mean * heard) / heardFrames(heard, latencyFrames),
        highest: follower.highest,
      });
    },
  };
};
