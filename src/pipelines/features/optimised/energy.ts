import { Downmixer, energy as energyOf, Framer, type StageFactory } from "waveflame";
import { RunningStatistics } from "../../shared/runningStatistics.ts";
import { FRAME, HOP } from "../shared/frames.ts";

/** As the plain one, with four sums side by side. */
export const energy: StageFactory = ({ emit }) => {
  const framer = new Framer({ size: FRAME, hop: HOP });
  const downmixer = new Downmixer();
  const statistics = new RunningStatistics(1);
  const row = new Float64Array(1);

  const addFrame = (frame: Float32Array): void => {
    row[0] = energyOf(frame);
    statistics.add(row);
  };

  return {
    process(block) {
      framer.push(downmixer.mix(block.channels), addFrame);
    },
    finish() {
      emit("energy", { mean: statistics.mean[0] ?? 0, deviation: statistics.deviation[0] ?? 0 });
    },
  };
};
