import { energy as energyOf, Framer, type StageFactory } from "waveflame";
import { downmixer } from "../../shared/downmixer.ts";
import { RunningStatistics } from "../../shared/runningStatistics.ts";
import { FRAME, HOP } from "../shared/frames.ts";

/** As the plain one, with four sums side by side. */
export const energy: StageFactory = ({ blockFrames, emit }) => {
  const framer = new Framer({ size: FRAME, hop: HOP });
  const mix = downmixer(blockFrames);
  const statistics = new RunningStatistics(1);
  const row = new Float64Array(1);

  const addFrame = (frame: Float32Array): void => {
    row[0] = energyOf(frame);
    statistics.add(row);
  };

  return {
    process(block) {
      framer.push(mix(block), addFrame);
    },
    finish() {
      emit("energy", { mean: statistics.mean[0] ?? 0, deviation: statistics.deviation[0] ?? 0 });
    },
  };
};
