import { Downmixer, spectralCentroid, Stft, type StageFactory } from "waveflame";
import { RunningStatistics } from "../../shared/runningStatistics.ts";
import { FRAME, HOP } from "../shared/frames.ts";

/** As the plain one, with the transform of pffft, and no array made for a frame. */
export const centroid: StageFactory = ({ sampleRate, emit }) => {
  const stft = new Stft({ size: FRAME, hop: HOP, output: "magnitude" });
  const downmixer = new Downmixer();
  const statistics = new RunningStatistics(1);
  const row = new Float64Array(1);

  const addSpectrum = (magnitudes: Float32Array): void => {
    row[0] = spectralCentroid(magnitudes, sampleRate / FRAME);
    statistics.add(row);
  };

  return {
    process(block) {
      stft.push(downmixer.mix(block.channels), addSpectrum);
    },
    finish() {
      emit("centroid", { mean: statistics.mean[0] ?? 0, deviation: statistics.deviation[0] ?? 0 });
    },
  };
};
