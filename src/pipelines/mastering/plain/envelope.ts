import type { StageFactory } from "waveflame";
import { finiteOr } from "../../shared/finite.ts";
import { numberOf } from "../../shared/parameters.ts";
import { heardFrames } from "../shared/heardFrames.ts";
import { perSample } from "./perSample.ts";
import { LevelFollower } from "./levelFollower.ts";

/** Follows the level of each channel. Emits the mean and the highest level over all of them; the sound stays as it is. */
export const envelope: StageFactory = ({ sampleRate, channelCount, latencyFrames, parameters, emit }) => {
  const attack = perSample(numberOf(parameters, "attackMs", 0), sampleRate);
  const release = perSample(numberOf(parameters, "releaseMs", 0), sampleRate);
  const followers = Array.from({ length: channelCount }, () => new LevelFollower(attack, release));
  let sum = 0;
  let highest = 0;
  let heard = 0;

  return {
    process({ channels, frames }) {
      channels.forEach((channel, index) => {
        const follower = followers[index];
        if (!follower) return;
        for (const sample of channel) {
          const level = follower.next(finiteOr(Math.abs(sample), 0));
          sum += level;
          highest = Math.max(highest, level);
        }
      });
      heard += frames;
    },
    finish() {
      emit("envelope", { mean: sum / channelCount / heardFrames(heard, latencyFrames), highest });
    },
  };
};
