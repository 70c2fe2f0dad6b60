/** A first pipeline: it runs at once on any recording, and says in its comments what else there is. */
export const STARTER = `/// <reference path="./waveflame.d.ts" />
import { definePipeline } from "waveflame";

// A pipeline is a list of stages. Each block of the recording goes through them in the order in which they are written.
export default definePipeline({
  name: "Starter",

  // Frames per block. Real-time code often uses 128 to 1024; its budget is blockFrames / sampleRate.
  blockFrames: 512,

  stages: {
    // A stage is a factory: it runs once and returns the function that is called for each block.
    "remove DC": ({ sampleRate, channelCount }) => {
      const pole = 1 - (2 * Math.PI * 20) / sampleRate;
      const state = Array.from({ length: channelCount }, () => ({ input: 0, output: 0 }));
      return ({ channels }) => {
        // A block's channels may be changed in place.
        channels.forEach((samples, channel) => {
          const last = state[channel];
          if (!last) return;
          for (let i = 0; i < samples.length; i += 1) {
            const input = samples[i] ?? 0;
            last.output = input - last.input + pole * last.output;
            last.input = input;
            samples[i] = last.output;
          }
        });
      };
    },

    // Values given to emit are kept in the run, with the time of their block.
    level: ({ emit }) => {
      return ({ channels, frames }) => {
        let energy = 0;
        for (const samples of channels) {
          for (const sample of samples) energy += sample * sample;
        }
        const rms = Math.sqrt(energy / (frames * channels.length));
        emit("level", 20 * Math.log10(Math.max(rms, 1e-6)));
      };
    },

    // A stage of scope "file" has no blocks: it runs once at the end and reads what the others emitted.
    summary: {
      scope: "file",
      create: ({ results, emit }) => {
        return () => {
          const levels = results("level").map(({ value }) => Number(value));
          emit("loudest block, dBFS", levels.reduce((loudest, level) => Math.max(loudest, level), -120));
        };
      },
    },
  },
});
`;
