import { changeWidth, type StageFactory } from "waveflame";
import { numberOf } from "../../shared/parameters.ts";
import { outputLevel } from "../shared/outputSettings.ts";

/** As the plain one, each sample looked at once, four sums side by side. */
export const output: StageFactory = ({ channelCount, parameters, emit }) => {
  const width = numberOf(parameters, "width");
  let squares = 0;
  let peak = 0;
  let samples = 0;

  function addLevel(channel: Float32Array): void {
    let [first, second, third, fourth] = [0, 0, 0, 0];
    let most = peak;
    const whole = channel.length - (channel.length % 4);
    for (let frame = 0; frame < whole; frame += 4) {
      const a = Math.abs(channel[frame] ?? 0);
      const b = Math.abs(channel[frame + 1] ?? 0);
      const c = Math.abs(channel[frame + 2] ?? 0);
      const d = Math.abs(channel[frame + 3] ?? 0);
      first += a * a;
      second += b * b;
      third += c * c;
      fourth += d * d;
      const left = a > b ? a : b;
      const right = c > d ? c : d;
      const here = left > right ? left : right;
      if (here > most) most = here;
    }
    for (let frame = whole; frame < channel.length; frame++) {
      const size = Math.abs(channel[frame] ?? 0);
      first += size * size;
      if (size > most) most = size;
    }
    squares += first + second + third + fourth;
    peak = most;
    samples += channel.length;
  }

  return {
    process({ channels }) {
      const [left, right] = channels;
      if (left && right && channelCount === 2 && width !== 1) changeWidth(left, right, width);
      for (const channel of channels) addLevel(channel);
    },
    finish() {
      const rms = Math.sqrt(squares / Math.max(1, samples));
      emit("output", { ...outputLevel(parameters, rms, peak) });
    },
  };
};
