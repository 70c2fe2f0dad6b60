import { toDecibels, type StageFactory } from "waveflame";
import { numberOf } from "../../shared/parameters.ts";
import { outputGain, widen } from "../shared/outputSettings.ts";
import { writeOutput } from "../shared/writeOutput.ts";

/** Hears the whole sound, brings it to its level, and writes it where asked. */
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
        for (const sample of channel) {
          squares += sample ** 2;
          peak = Math.max(peak, Math.abs(sample));
        }
        samples += channel.length;
      }
    }
    const rms = Math.sqrt(squares / Math.max(1, samples));
    const gain = outputGain(parameters, rms, peak);
    emit("output", { gainDb: toDecibels(gain), rms: gain * rms, peak: gain * peak });
    await writeOutput(context, (block) => {
      widen(block, width);
      for (const channel of block.channels) channel.forEach((sample, n) => (channel[n] = gain * sample));
    });
  };
};
