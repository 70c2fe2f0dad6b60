import { Framer, RealFft, windowFunction, type StageFactory } from "waveflame";
import { downmix } from "../../shared/downmix.ts";
import { windowed } from "../../shared/windowed.ts";
import { LevelSmoother } from "../shared/levelSmoothing.ts";
import { spectrumBands, SPECTRUM_FRAME, SPECTRUM_HOP } from "../shared/spectrumBands.ts";

/** Where a magnitude counts as nothing. */
const FLOOR = 1e-10;

/** The mean level of bands from 20 Hz to 20 kHz, as the ear weights them. The sound stays as it is. */
export const spectrum: StageFactory = ({ sampleRate, emit }) => {
  const fft = new RealFft(SPECTRUM_FRAME, { precision: "double" });
  const window = windowFunction("hann", SPECTRUM_FRAME);
  const framer = new Framer({ size: SPECTRUM_FRAME, hop: SPECTRUM_HOP });
  const bands = spectrumBands(sampleRate);
  const smoother = new LevelSmoother(bands.length);
  // A sine at full scale comes to 0 dB.
  const scale = 2 / window.reduce((sum, weight) => sum + weight, 0);

  function addFrame(frame: Float32Array): void {
    const magnitudes = fft.magnitudes(windowed(frame, window));
    const levels = bands.map(({ from, to, weightDb }) => {
      const inBand = magnitudes.subarray(from, to);
      const mean = inBand.reduce((sum, magnitude) => sum + magnitude, 0) / inBand.length;
      return 20 * Math.log10(Math.max(mean * scale, FLOOR)) + weightDb;
    });
    smoother.add(levels);
  }

  return {
    process(block) {
      framer.push(downmix(block), addFrame);
    },
    finish() {
      emit("spectrum of a stretch", { ...smoother.stretch });
    },
  };
};
