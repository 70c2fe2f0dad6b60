import { energy, peak as peakOf, toDecibels, type StageFactory } from "waveflame";
import { numberOf } from "../../shared/parameters.ts";
import { outputGain, widen } from "../shared/outputSettings.ts";
import { writeOutput } from "../shared/writeOutput.ts";

/** As the plain one, by loops that hold no call. */
export const output: StageFactory = (context) => {
  const { parameters, audio, emit } = context;
  const width = numberOf(parameters, "width");

  return async () => {
    let squares = 0;
    let peak = 0;
    let samples = 0;
    for await (const block of audio()) {
      widen(block, width);
      for (const channel of block.channels) {
        squares += energy(channel) * channel.length;
        peak = Math.max(peak, peakOf(channel));
        samples += channel.length;
      }
    }
    const rms = Math.sqrt(squares / Math.max(1, samples));
    const gain = outputGain(parameters, rms, peak);
    emit("output", { gainDb: toDecibels(gain), rms: gain * rms, peak: gain * peak });
    await writeOutput(context, (block) => {
      widen(block, width);
      for (const channel of block.channels)
        for (let n = 0; n < channel.length; n++) channel[n] = gain * (channel[n] ?? 0);
    });
  };
};
