/// <reference path="./waveflame.d.ts" />
import { definePipeline } from "waveflame";
import { estimatePitch, slidingFrame } from "./pitch.ts";

const toDecibels = (level: number) => 20 * Math.log10(Math.max(level, 1e-6));

/** How loud a voice is, how high, and how much of the recording is speech. */
export default definePipeline({
  name: "Voice level",
  blockFrames: 512,

  stages: {
    // Fades out what is quieter than the threshold: the room between the words.
    gate: {
      parameters: { threshold: 0.003, slope: 2 },
      create: ({ sampleRate, parameters }) => {
        const threshold = Number(parameters.threshold);
        const slope = Number(parameters.slope);
        const release = Math.exp(-1 / (0.05 * sampleRate));
        let level = 0;
        return ({ channels: [voice] }) => {
          for (let i = 0; i < voice.length; i += 1) {
            level = Math.max(Math.abs(voice[i]), level * release);
            if (level < threshold) voice[i] *= Math.pow(level / threshold, slope);
          }
        };
      },
    },

    // The level as a meter shows it: up at once, down slowly.
    envelope: ({ sampleRate, emit }) => {
      const release = Math.exp(-1 / (0.1 * sampleRate));
      let level = 0;
      return ({ channels: [voice] }) => {
        for (const sample of voice) level = Math.max(Math.abs(sample), level * release);
        emit("level", toDecibels(level));
      };
    },

    // The fundamental frequency in Hz; nothing where nobody speaks.
    pitch: ({ sampleRate, emit }) => {
      const frame = slidingFrame(1024);
      return ({ channels: [voice] }) => {
        const pitch = estimatePitch(frame(voice), sampleRate);
        if (pitch > 0) emit("pitch", pitch);
      };
    },

    // Runs once, at the end, over what the others emitted.
    statistics: {
      scope: "file",
      create: ({ results, emit }) => {
        return () => {
          const levels = results("level").map(({ value }) => Number(value));
          const pitches = results("pitch").map(({ value }) => Number(value));
          emit("speech share", levels.filter((level) => level > -40).length / levels.length);
          emit("median level", median(levels));
          emit("median pitch", median(pitches));
        };
      },
    },
  },
});

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
