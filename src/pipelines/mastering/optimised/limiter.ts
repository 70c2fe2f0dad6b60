import { Limiter, type StageFactory } from "waveflame";
import { silence } from "../../shared/silence.ts";
import { limiterSettings } from "../shared/limiterSettings.ts";

/** As the plain one, whole blocks at a time in compiled loops: peaks between samples, held maximum, gain, delay. */
export const limiter: StageFactory = ({ sampleRate, channelCount, parameters }) => {
  const settings = limiterSettings(parameters, sampleRate);
  const loops = new Limiter({ ...settings, sampleRate, channels: channelCount });

  return {
    process({ channels }) {
      loops.process(channels);
    },
    finish() {
      const tail = silence(channelCount, loops.latencyFrames);
      loops.process(tail.channels);
      return tail;
    },
  };
};
