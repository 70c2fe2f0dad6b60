import { Framer, RealFft, spectralCentroid, windowFunction, type StageFactory } from "waveflame";
import { downmix } from "../../shared/downmix.ts";
import { RunningStatistics } from "../../shared/runningStatistics.ts";
import { windowed } from "../../shared/windowed.ts";
import { FRAME, HOP } from "../shared/frames.ts";

/** Where the middle of the spectrum lies, in Hz: its mean and its deviation over the recording. */
export const centroid: StageFactory = ({ sampleRate, emit }) => {
  const framer = new Framer({ size: FRAME, hop: HOP });
  const window = windowFunction("hann", FRAME);
  const fft = new RealFft(FRAME, { precision: "double" });
  const statistics = new RunningStatistics(1);

  return {
    process(block) {
      framer.push(downmix(block), (frame) => {
        const magnitudes = fft.magnitudes(windowed(frame, window));
        statistics.add([spectralCentroid(magnitudes, sampleRate / FRAME)]);
      });
    },
    finish() {
      emit("centroid", { mean: statistics.mean[0] ?? 0, deviation: statistics.deviation[0] ?? 0 });
    },
  };
};
