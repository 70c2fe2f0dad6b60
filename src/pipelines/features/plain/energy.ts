import { Framer, plainEnergy, type StageFactory } from "waveflame";
import { downmix } from "../../shared/downmix.ts";
import { RunningStatistics } from "../../shared/runningStatistics.ts";
import { FRAME, HOP } from "../shared/frames.ts";

/** The mean square of every frame: its mean and its deviation over the recording. */
export const energy: StageFactory = ({ emit }) => {
  const framer = new Framer({ size: FRAME, hop: HOP });
  const statistics = new RunningStatistics(1);

  return {
    process(block) {
      framer.push(downmix(block), (frame) => statistics.add([plainEnergy(frame)]));
    },
    finish() {
      emit("energy", { mean: statistics.mean[0] ?? 0, deviation: statistics.deviation[0] ?? 0 });
    },
  };
};
