import { Framer, RealFft, spectralFlux, windowFunction, type StageFactory } from "waveflame";
import { downmix } from "../../shared/downmix.ts";
import { windowed } from "../../shared/windowed.ts";
import { FRAME, HOP } from "../shared/frames.ts";
import { onsetTimes } from "../shared/onsetTimes.ts";

/** When something begins to sound: where the spectrum rises more than usual. */
export const onsets: StageFactory = ({ sampleRate, emit }) => {
  const framer = new Framer({ size: FRAME, hop: HOP });
  const window = windowFunction("hann", FRAME);
  const fft = new RealFft(FRAME, { precision: "double" });
  const flux: number[] = [];
  let before: Float64Array | undefined;

  return {
    process(block) {
      framer.push(downmix(block), (frame) => {
        const magnitudes = fft.magnitudes(windowed(frame, window));
        const isSound = magnitudes.every(Number.isFinite);
        flux.push(before && isSound ? spectralFlux(before, magnitudes) : 0);
        if (isSound) before = magnitudes;
      });
    },
    finish() {
      for (const time of onsetTimes(flux, sampleRate)) emit("onset", 1, time);
    },
  };
};
