import { changeWidth, InterpolatedPeaks, type StageFactory } from "waveflame";
import { finiteOr } from "../../shared/finite.ts";
import { booleanOf, numberOf } from "../../shared/parameters.ts";
import { heardFrames } from "../shared/heardFrames.ts";
import { outputLevel } from "../shared/outputSettings.ts";

/** As the plain one: four sums and four maxima side by side, what lies between the samples in a compiled loop. */
export const output: StageFactory = ({ channelCount, blockFrames, latencyFrames, parameters, emit }) => {
  const width = numberOf(parameters, "width", 0);
  const truePeak = booleanOf(parameters, "truePeak");
  const between = new InterpolatedPeaks({ channels: channelCount });
  const peaks = new Float32Array(blockFrames);
  let squares = 0;
  let mostSquare = 0;
  let heard = 0;

  /** What holds no number is left out: it would stay in the sums for ever. */
  function addLevel(channel: Float32Array): void {
    let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
    let [most0, most1, most2, most3] = [0, 0, 0, 0];
    const whole = channel.length - (channel.length % 4);
    for (let frame = 0; frame < whole; frame += 4) {
      const square0 = (channel[frame] ?? 0) ** 2;
      const square1 = (channel[frame + 1] ?? 0) ** 2;
      const square2 = (channel[frame + 2] ?? 0) ** 2;
      const square3 = (channel[frame + 3] ?? 0) ** 2;
      sum0 += square0;
      sum1 += square1;
      sum2 += square2;
      sum3 += square3;
      most0 = Math.max(most0, square0);
      most1 = Math.max(most1, square1);
      most2 = Math.max(most2, square2);
      most3 = Math.max(most3, square3);
    }
    for (let frame = whole; frame < channel.length; frame++) {
      const square = (channel[frame] ?? 0) ** 2;
      sum0 += square;
      most0 = Math.max(most0, square);
    }
    squares += finiteOr(sum0 + sum1 + sum2 + sum3, 0);
    mostSquare = Math.max(mostSquare, finiteOr(Math.max(most0, most1, most2, most3), 0));
  }

  function addPeaksBetween(channels: readonly Float32Array[], frames: number): void {
    const here = frames === peaks.length ? peaks : new Float32Array(frames);
    between.process(channels, here, Math.sqrt(mostSquare));
    let most = 0;
    for (let frame = 0; frame < frames; frame++) most = Math.max(most, here[frame] ?? 0);
    mostSquare = Math.max(mostSquare, finiteOr(most, 0) ** 2);
  }

  return {
    process({ channels, frames }) {
      const [left, right] = channels;
      if (left && right && channelCount === 2 && width !== 1) changeWidth(left, right, width);
      for (const channel of channels) addLevel(channel);
      heard += frames;
      if (truePeak) addPeaksBetween(channels, frames);
    },
    finish() {
      const samples = heardFrames(heard, latencyFrames) * channelCount;
      emit("output", { ...outputLevel(parameters, squares, samples, Math.sqrt(mostSquare)) });
    },
  };
};
