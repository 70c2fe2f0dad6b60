import { Limiter, type StageFactory } from "waveflame";
import { delayed } from "../../shared/delayed.ts";
import { limiterSettings } from "../shared/limiterSettings.ts";

/** As the plain one, whole blocks at a time in compiled loops: peaks between samples, held maximum, gain, delay. */
export const limiter: StageFactory = ({ sampleRate, channelCount, parameters }) => {
  const settings = limiterSettings(parameters, sampleRate);
  const loops = new Limiter({ ...settings, sampleRate, channels: channelCount });

  return delayed(channelCount, loops.latencyFrames, ({ channels }) => {
    loops.process(channels);
  });
};
