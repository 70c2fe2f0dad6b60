import { EnvelopeFollower, type StageFactory } from "waveflame";
import { numberOf } from "../../shared/parameters.ts";

/** As the plain one, with both channels at once in the lanes of a compiled loop, which also adds the levels up. */
export const envelope: StageFactory = ({ sampleRate, channelCount, parameters, emit }) => {
  const follower = new EnvelopeFollower({
    sampleRate,
    channels: channelCount,
    attackMs: numberOf(parameters, "attackMs", 0),
    releaseMs: numberOf(parameters, "releaseMs", 0),
  });

  return {
    process({ channels }) {
      follower.push(channels);
    },
    finish() {
      emit("envelope", { mean: follower.mean, highest: follower.highest });
    },
  };
};
