import { Framer, RealFft, type StageFactory } from "waveflame";
import { downmix } from "../../shared/downmix.ts";
import { LONG_FRAME } from "../shared/frames.ts";

/** The mean power spectrum of stretches of 2048 samples, without a window. */
export const batchSpectra: StageFactory = ({ emit }) => {
  const framer = new Framer({ size: LONG_FRAME, hop: LONG_FRAME });
  const fft = new RealFft(LONG_FRAME, { precision: "double" });
  const sums = new Float64Array(fft.binCount);
  let count = 0;

  return {
    process(block) {
      framer.push(downmix(block), (frame) => {
        fft.powerSpectrum(frame).forEach((power, bin) => (sums[bin] = (sums[bin] ?? 0) + power));
        count += 1;
      });
    },
    finish() {
      emit(
        "mean spectrum",
        sums.map((sum) => sum / Math.max(1, count)),
      );
    },
  };
};
