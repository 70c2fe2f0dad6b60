import { Downmixer, Stft, type StageFactory } from "waveflame";
import { RunningStatistics } from "../../shared/runningStatistics.ts";
import { FLOOR_DB } from "../shared/floor.ts";
import { FRAME, SPECTROGRAM_HOP } from "../shared/frames.ts";

const LEAST_POWER = 10 ** (FLOOR_DB / 10);

/** As the plain one, without roots: the logarithm of a power is twice that of its root. */
export const spectrogram: StageFactory = ({ emit }) => {
  const stft = new Stft({ size: FRAME, hop: SPECTROGRAM_HOP, output: "power" });
  const downmixer = new Downmixer();
  const levels = new Float64Array(stft.binCount);
  const statistics = new RunningStatistics(stft.binCount);

  function addSpectrum(power: Float32Array): void {
    for (let bin = 0; bin < levels.length; bin++)
      levels[bin] = 10 * Math.log10(Math.max(power[bin] ?? 0, LEAST_POWER));
    statistics.add(levels);
  }

  return {
    process(block) {
      stft.push(downmixer.mix(block.channels), addSpectrum);
    },
    finish() {
      emit("spectrogram", { mean: statistics.mean, deviation: statistics.deviation });
    },
  };
};
