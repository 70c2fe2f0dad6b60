import { changeWidth, InterpolatedPeaks, type StageFactory } from "waveflame";
import { finiteOr } from "../../shared/finite.ts";
import { heardFrames } from "../shared/heardFrames.ts";
import { outputLevel, outputSettings } from "../shared/outputSettings.ts";

/** Makes the sound wider or narrower, and says which gain brings the whole of it to its level; the report applies that. */
export const output: StageFactory = ({ channelCount, latencyFrames, parameters, emit }) => {
  const settings = outputSettings(parameters);
  const { width, truePeak } = settings;
  const between = new InterpolatedPeaks({ channels: channelCount, compiled: false });
  let squares = 0;
  let peak = 0;
  let heard = 0;

  return {
    process({ channels, frames }) {
      const [left, right] = channels;
      if (left && right && channelCount === 2 && width !== 1) changeWidth(left, right, width);
      for (const channel of channels) {
        for (const sample of channel) {
          squares += finiteOr(sample, 0) ** 2;
          peak = Math.max(peak, finiteOr(Math.abs(sample), 0));
        }
      }
      heard += frames;
      if (!truePeak) return;
      const peaks = new Float32Array(frames);
      between.process(channels, peaks);
      for (const between of peaks) peak = Math.max(peak, finiteOr(between, 0));
    },
    finish() {
      const samples = heardFrames(heard, latencyFrames) * channelCount;
      emit("output", { ...outputLevel(settings, squares, samples, peak) });
    },
  };
};
