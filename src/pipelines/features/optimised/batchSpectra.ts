import { BatchFft, Downmixer, type StageFactory } from "waveflame";
import { numberOf } from "../../shared/parameters.ts";
import { LONG_FRAME } from "../shared/frames.ts";

/** As the plain one, many stretches in one batch. */
export const batchSpectra: StageFactory = ({ parameters, emit }) => {
  const fft = new BatchFft(LONG_FRAME);
  const downmixer = new Downmixer();
  const rows = Math.max(1, Math.round(numberOf(parameters, "parallelChunkSize") / LONG_FRAME));
  const signals = new Float32Array(rows * LONG_FRAME);
  const spectra = new Float32Array(rows * 2 * fft.binCount);
  const sums = new Float64Array(fft.binCount);
  let filled = 0;
  let count = 0;

  function addSpectra(rowCount: number): void {
    fft.forward(signals.subarray(0, rowCount * LONG_FRAME), spectra.subarray(0, rowCount * 2 * fft.binCount));
    for (let row = 0, at = 0; row < rowCount; row++) {
      for (let bin = 0; bin < fft.binCount; bin++, at += 2) {
        const re = spectra[at] ?? 0;
        const im = spectra[at + 1] ?? 0;
        sums[bin] = (sums[bin] ?? 0) + re * re + im * im;
      }
    }
    count += rowCount;
    filled = 0;
  }

  return {
    process(block) {
      const mono = downmixer.mix(block.channels);
      for (let from = 0; from < mono.length;) {
        const taken = Math.min(mono.length - from, signals.length - filled);
        signals.set(mono.subarray(from, from + taken), filled);
        filled += taken;
        from += taken;
        if (filled === signals.length) addSpectra(rows);
      }
    },
    finish() {
      addSpectra(Math.floor(filled / LONG_FRAME));
      emit(
        "mean spectrum",
        sums.map((sum) => sum / Math.max(1, count)),
      );
    },
  };
};
