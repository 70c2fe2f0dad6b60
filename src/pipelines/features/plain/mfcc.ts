import { Framer, Mfcc, RealFft, windowFunction, type StageFactory } from "waveflame";
import { downmix } from "../../shared/downmix.ts";
import { RunningStatistics } from "../../shared/runningStatistics.ts";
import { windowed } from "../../shared/windowed.ts";
import { FRAME, HOP } from "../shared/frames.ts";

/** Mel-frequency cepstral coefficients: their means and deviations over the recording. */
export const mfcc: StageFactory = ({ sampleRate, emit }) => {
  const framer = new Framer({ size: FRAME, hop: HOP });
  const window = windowFunction("hann", FRAME);
  const fft = new RealFft(FRAME, { precision: "double" });
  const coefficients = new Mfcc({ size: FRAME, sampleRate });
  const statistics = new RunningStatistics(coefficients.count);

  return {
    process(block) {
      framer.push(downmix(block), (frame) => {
        statistics.add(coefficients.apply(fft.powerSpectrum(windowed(frame, window))));
      });
    },
    finish() {
      emit("mfcc", { mean: statistics.mean, deviation: statistics.deviation });
    },
  };
};
