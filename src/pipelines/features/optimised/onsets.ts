import { Stft, type StageFactory } from "waveflame";
import { finiteOr } from "../../shared/finite.ts";
import { downmixer } from "../../shared/downmixer.ts";
import { spectralRise } from "../../shared/spectralRise.ts";
import { FRAME, HOP } from "../shared/frames.ts";
import { onsetTimes } from "../shared/onsetTimes.ts";

/** As the plain one: each magnitude is compared with the one before as it is put in its place. */
export const onsets: StageFactory = ({ sampleRate, blockFrames, emit }) => {
  const stft = new Stft({ size: FRAME, hop: HOP, output: "magnitude" });
  const mix = downmixer(blockFrames);
  const before = new Float32Array(stft.binCount);
  const flux: number[] = [];

  function addSpectrum(magnitudes: Float32Array, index: number): void {
    const rise = spectralRise(before, magnitudes);
    flux.push(index === 0 ? 0 : finiteOr(rise, 0));
  }

  return {
    process(block) {
      stft.push(mix(block), addSpectrum);
    },
    finish() {
      for (const time of onsetTimes(flux, sampleRate)) emit("onset", 1, time);
    },
  };
};
