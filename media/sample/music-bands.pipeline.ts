/// <reference path="./waveflame.d.ts" />
import { definePipeline } from "waveflame";
import { bandEnergy, highPass, lowPass, turnDown } from "./filters.ts";

const BANDS = 24;
const toDecibels = (power: number) => 10 * Math.log10(Math.max(power, 1e-12));
const meanSquare = (samples: Float32Array) => samples.reduce((sum, x) => sum + x * x, 0) / samples.length;

/** Balances a mix: how loud are its bass, middle and treble, before and after its dynamics were tamed? */
export default definePipeline({
  name: "Music bands",
  blockFrames: 2048,

  stages: {
    // Splits the left channel in three and reports how loud each part is.
    bands: {
      parameters: { bassBelow: 200, trebleAbove: 4000 },
      create: ({ sampleRate, parameters, emit }) => {
        const bass = lowPass(Number(parameters.bassBelow), sampleRate);
        const notBass = highPass(Number(parameters.bassBelow), sampleRate);
        const middle = lowPass(Number(parameters.trebleAbove), sampleRate);
        const treble = highPass(Number(parameters.trebleAbove), sampleRate);
        return ({ channels: [left] }) => {
          emit("bass", toDecibels(meanSquare(left.map(bass))));
          emit("middle", toDecibels(meanSquare(left.map(notBass).map(middle))));
          emit("treble", toDecibels(meanSquare(left.map(treble))));
        };
      },
    },

    // Turns down what is loud, gently.
    compressor: {
      parameters: { threshold: -18, ratio: 3 },
      create: ({ sampleRate, parameters }) =>
        turnDown(Number(parameters.threshold), Number(parameters.ratio), 0.15, sampleRate),
    },

    // The same once more, hard: nothing may pass the ceiling by much.
    limiter: {
      parameters: { ceiling: -3 },
      create: ({ sampleRate, parameters }) => turnDown(Number(parameters.ceiling), 20, 0.05, sampleRate),
    },

    // Third-octave bands from 100 Hz. It remembers nothing, so its blocks may be shared out.
    spectrum: {
      scope: "block",
      create: ({ sampleRate, emit }) => {
        return ({ channels: [left] }) => {
          const levels = new Float32Array(BANDS);
          for (let band = 0; band < BANDS; band += 1) {
            levels[band] = toDecibels(bandEnergy(left, 100 * 2 ** (band / 3), sampleRate));
          }
          emit("spectrum", levels);
        };
      },
    },

    balance: {
      scope: "file",
      create: ({ results, emit }) => {
        const average = (name: string) =>
          results(name).reduce((sum, { value }) => sum + Number(value), 0) / results(name).length;
        return () => emit("bass minus treble", average("bass") - average("treble"));
      },
    },
  },
});
