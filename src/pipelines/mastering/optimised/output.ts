import { changeWidth, InterpolatedPeaks, StereoSums, type StageFactory } from "waveflame";
import { finiteOr } from "../../shared/finite.ts";
import { heardFrames } from "../shared/heardFrames.ts";
import { outputLevel, outputSettings } from "../shared/outputSettings.ts";

/** As the plain one, in compiled loops: both channels' levels in one, and what lies between the samples where it may be a new peak. */
export const output: StageFactory = ({ channelCount, blockFrames, latencyFrames, parameters, emit }) => {
  const settings = outputSettings(parameters);
  const { width, truePeak } = settings;
  const between = new InterpolatedPeaks({ channels: channelCount });
  const pair = new StereoSums();
  const peaks = new Float32Array(blockFrames);
  let squares = 0;
  let peak = 0;
  let heard = 0;

  /** What holds no number is left out: it would stay in the sums for ever. */
  function addLevel(channel: Float32Array): void {
    let sum = 0;
    let most = 0;
    for (let frame = 0; frame < channel.length; frame++) {
      const sample = channel[frame] ?? 0;
      sum += sample * sample;
      most = Math.max(most, Math.abs(sample));
    }
    squares += finiteOr(sum, 0);
    peak = Math.max(peak, finiteOr(most, 0));
  }

  function addStereoLevel(left: Float32Array, right: Float32Array): void {
    pair.reset();
    pair.add(left, right);
    squares += finiteOr(pair.leftLeft + pair.rightRight, 0);
    peak = Math.max(peak, finiteOr(pair.peak, 0));
  }

  function addPeaksBetween(channels: readonly Float32Array[], frames: number): void {
    const here = frames === peaks.length ? peaks : new Float32Array(frames);
    between.process(channels, here, peak);
    let most = 0;
    for (let frame = 0; frame < frames; frame++) most = Math.max(most, here[frame] ?? 0);
    peak = Math.max(peak, finiteOr(most, 0));
  }

  return {
    process({ channels, frames }) {
      const [left, right] = channels;
      if (left && right && channelCount === 2) {
        if (width !== 1) changeWidth(left, right, width);
        addStereoLevel(left, right);
      } else for (const channel of channels) addLevel(channel);
      heard += frames;
      if (truePeak) addPeaksBetween(channels, frames);
    },
    finish() {
      const samples = heardFrames(heard, latencyFrames) * channelCount;
      emit("output", { ...outputLevel(settings, squares, samples, peak) });
    },
  };
};
