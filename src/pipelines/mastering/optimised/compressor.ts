import { Compressor, type StageFactory } from "waveflame";
import { delayed } from "../../shared/delayed.ts";
import { compressorSettings } from "../shared/compressorSettings.ts";

/** As the plain one, whole blocks at a time in compiled loops: level, gain curve, delay. */
export const compressor: StageFactory = ({ sampleRate, channelCount, parameters }) => {
  const settings = compressorSettings(parameters, sampleRate);
  const loops = new Compressor({ ...settings, sampleRate, channels: channelCount });

  return delayed(channelCount, loops.latencyFrames, ({ channels }) => {
    loops.process(channels);
  });
};
