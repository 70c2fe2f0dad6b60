import { Compressor, type StageFactory } from "waveflame";
import { silence } from "../../shared/silence.ts";
import { compressorSettings } from "../shared/compressorSettings.ts";

/** As the plain one, whole blocks at a time in compiled loops: level, gain curve, delay. */
export const compressor: StageFactory = ({ sampleRate, channelCount, parameters }) => {
  const settings = compressorSettings(parameters, sampleRate);
  const loops = new Compressor({ ...settings, sampleRate, channels: channelCount });

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
