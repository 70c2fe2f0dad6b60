import { Downmixer, Mfcc, Stft, type StageFactory } from "waveflame";
import { RunningStatistics } from "../../shared/runningStatistics.ts";
import { FRAME, HOP } from "../shared/frames.ts";

/** As the plain one, with the transform of pffft, and no array made for a frame. */
export const mfcc: StageFactory = ({ sampleRate, emit }) => {
  const stft = new Stft({ size: FRAME, hop: HOP, output: "power" });
  const downmixer = new Downmixer();
  const coefficients = new Mfcc({ size: FRAME, sampleRate });
  const row = new Float64Array(coefficients.count);
  const statistics = new RunningStatistics(coefficients.count);

  const addSpectrum = (power: Float32Array): void => {
    statistics.add(coefficients.apply(power, row));
  };

  return {
    process(block) {
      stft.push(downmixer.mix(block.channels), addSpectrum);
    },
    finish() {
      emit("mfcc", { mean: statistics.mean, deviation: statistics.deviation });
    },
  };
};
