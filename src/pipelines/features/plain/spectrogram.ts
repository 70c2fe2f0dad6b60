import { Framer, RealFft, toDecibels, windowFunction, type StageFactory } from "waveflame";
import { downmix } from "../../shared/downmix.ts";
import { RunningStatistics } from "../../shared/runningStatistics.ts";
import { windowed } from "../../shared/windowed.ts";
import { FRAME, SPECTROGRAM_HOP } from "../shared/frames.ts";
import { FLOOR_DB } from "../shared/floor.ts";

/** Levels over time and frequency, of which no more than one frame is held: each bin's mean and deviation are kept. */
export const spectrogram: StageFactory = ({ emit }) => {
  const framer = new Framer({ size: FRAME, hop: SPECTROGRAM_HOP });
  const window = windowFunction("hann", FRAME);
  const fft = new RealFft(FRAME, { precision: "double" });
  const statistics = new RunningStatistics(fft.binCount);

  return {
    process(block) {
      framer.push(downmix(block), (frame) => {
        const magnitudes = fft.magnitudes(windowed(frame, window));
        statistics.add(magnitudes.map((magnitude) => toDecibels(magnitude, FLOOR_DB)));
      });
    },
    finish() {
      emit("spectrogram", { mean: statistics.mean, deviation: statistics.deviation });
    },
  };
};
