import { changeWidth, type StageFactory } from "waveflame";
import { numberOf } from "../../shared/parameters.ts";
import { outputLevel } from "../shared/outputSettings.ts";

/** Makes the sound wider or narrower, and says which gain brings the whole of it to its level; the report applies that. */
export const output: StageFactory = ({ channelCount, parameters, emit }) => {
  const width = numberOf(parameters, "width");
  let squares = 0;
  let peak = 0;
  let samples = 0;

  return {
    process({ channels }) {
      const [left, right] = channels;
      if (left && right && channelCount === 2 && width !== 1) changeWidth(left, right, width);
      for (const channel of channels) {
        for (const sample of channel) {
          squares += sample ** 2;
          peak = Math.max(peak, Math.abs(sample));
        }
        samples += channel.length;
      }
    },
    finish() {
      const rms = Math.sqrt(squares / Math.max(1, samples));
      emit("output", { ...outputLevel(parameters, rms, peak) });
    },
  };
};
