import { Downmixer, FluxMeter, type StageFactory } from "waveflame";
import { finiteOr } from "../../shared/finite.ts";
import { FRAME, HOP } from "../shared/frames.ts";
import { onsetTimes } from "../shared/onsetTimes.ts";

/** As the plain one: the magnitudes are compared where they are transformed. */
export const onsets: StageFactory = ({ sampleRate, emit }) => {
  const meter = new FluxMeter({ size: FRAME, hop: HOP });
  const downmixer = new Downmixer();
  const flux: number[] = [];

  function addFlux(rise: number): void {
    flux.push(finiteOr(rise, 0));
  }

  return {
    process(block) {
      meter.push(downmixer.mix(block.channels), addFlux);
    },
    finish() {
      for (const time of onsetTimes(flux, sampleRate)) emit("onset", 1, time);
    },
  };
};
