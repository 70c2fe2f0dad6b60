import assert from "node:assert/strict";
import {
  BiquadCascade,
  type BiquadType,
  designBiquad,
  designButterworth,
  frequencyResponse,
} from "waveflame";
import { differenceDb, inBlocks, noise, rmsDb, sine, sinesAndClicks } from "../support/signals.ts";

const sampleRate = 48000;
const decibels = (magnitude: number): number => 20 * Math.log10(magnitude);
const close = (actual: number, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} isn't ${expected} ± ${tolerance}`);

/** Figures at samples 1, 10, 50, 100 and 255. */
const assertFigures = (samples: Float32Array, expected: readonly number[]): void => {
  for (const [index, at] of [1, 10, 50, 100, 255].entries()) close(samples[at]!, expected[index]!, 1e-7);
};

describe("Biquads", () => {
  it("are the bilinear transform of the cookbook's prototypes", () => {
    // scipy.signal.bilinear of each at Q 2, 6 dB, 1 kHz: b0, b1, b2, a1, a2
    const figures = {
      lowpass: [
        0.004142396502559, 0.008284793005117, 0.004142396502559, -1.920229656436938, 0.936799242447172,
      ],
      highpass: [
        0.964257224721028, -1.928514449442055, 0.964257224721028, -1.920229656436938, 0.936799242447172,
      ],
      bandpass: [0.031600378776414, 0, -0.031600378776414, -1.920229656436938, 0.936799242447172],
      notch: [
        0.968399621223586, -1.920229656436938, 0.968399621223586, -1.920229656436938, 0.936799242447172,
      ],
      allpass: [0.936799242447172, -1.920229656436938, 1, -1.920229656436938, 0.936799242447172],
      peaking: [
        1.022472768219858, -1.938116580557223, 0.932367743910733, -1.938116580557223, 0.954840512130592,
      ],
      lowshelf: [
        1.013974359190374, -1.928812511447749, 0.938389848017313, -1.934686454705141, 0.946490263950296,
      ],
      highshelf: [
        1.967764073010714, -3.807006498109248, 1.86246953685582, -1.902230065253173, 0.92545717701046,
      ],
    };
    for (const [type, expected] of Object.entries(figures)) {
      const designed = designBiquad({
        type: type as BiquadType,
        frequencyHz: 1000,
        q: 2,
        gainDb: 6,
        sampleRate,
      });
      const { b0, b1, b2, a1, a2 } = designed;
      for (const [index, value] of [b0, b1, b2, a1, a2].entries()) close(value, expected[index]!, 1e-12);
    }
  });

  it("reach their gains where the cookbook says", () => {
    const at = (
      type: "lowpass" | "highpass" | "peaking" | "lowshelf" | "highshelf",
      frequencyHz: number,
    ): number =>
      decibels(
        frequencyResponse(
          [designBiquad({ type, frequencyHz: 1000, gainDb: 6, sampleRate })],
          frequencyHz,
          sampleRate,
        ).magnitude,
      );
    close(at("lowpass", 1000), decibels(Math.SQRT1_2), 1e-9);
    close(at("highpass", 1000), decibels(Math.SQRT1_2), 1e-9);
    close(at("peaking", 1000), 6, 1e-9);
    close(at("peaking", 1e-3), 0, 1e-6);
    close(at("lowshelf", 1e-3), 6, 1e-6);
    close(at("lowshelf", 1000), 3, 1e-9);
    close(at("lowshelf", 23999), 0, 1e-6);
    close(at("highshelf", 23999), 6, 1e-6);
    close(at("highshelf", 1000), 3, 1e-9);
  });

  it("pass all with half a turn at the centre of an allpass", () => {
    const allpass = [designBiquad({ type: "allpass", frequencyHz: 1000, sampleRate })];
    for (const frequencyHz of [20, 500, 1000, 12000]) {
      close(frequencyResponse(allpass, frequencyHz, sampleRate).magnitude, 1, 1e-12);
    }
    close(Math.abs(frequencyResponse(allpass, 1000, sampleRate).phase), Math.PI, 1e-9);
  });

  it("say why a frequency can't be", () => {
    assert.throws(
      () => designBiquad({ type: "lowpass", frequencyHz: 24000, sampleRate }),
      /A filter at 24000 Hz can't be made at a sample rate of 48000 Hz: choose a frequency above 0 and below 24000 Hz\./,
    );
  });
});

describe("The sums of squares after a cascade", () => {
  // Of an impulse through y = x / 2 + y₋₁ / 2: 1/3 once, 5/27 twice, by the geometric series.
  const halving = { b0: 0.5, b1: 0, b2: 0, a1: -0.5, a2: 0 };
  for (const compiled of [true, false]) {
    for (const [sections, expected] of [
      [[halving], 1 / 3],
      [[halving, halving], 5 / 27],
      [[halving, { b0: 1, b1: 0, b2: 0, a1: 0, a2: 0 }, halving], 5 / 27],
    ] as const) {
      it(`of ${sections.length} section(s) are the closed form, ${compiled ? "compiled" : "in TypeScript"}`, () => {
        const cascade = new BiquadCascade(sections, { channels: 3, compiled });
        const channels = [1, 0, -3].map((size) => Float32Array.of(size, ...new Float32Array(40_000)));
        const sums = [0, 0, 0];
        for (const [from, to] of [
          [0, 1],
          [1, 8],
          [8, 30_000],
          [30_000, 40_001],
        ]) {
          const stretch = channels.map((samples) => samples.subarray(from, to));
          cascade.squareSums(stretch).forEach((sum, channel) => (sums[channel]! += sum));
        }
        for (const [channel, size] of [1, 0, 9].entries()) close(sums[channel]!, size * expected, 1e-12);
        assert.deepEqual([channels[0]![0], channels[0]![1]], [1, 0]);
      });
    }
  }

  it("are refused for another number of channels", () => {
    assert.throws(
      () => new BiquadCascade([halving], { channels: 2 }).squareSums([new Float32Array(4)]),
      /2 channels/,
    );
  });
});

describe("Butterworth filters", () => {
  it("have SciPy's response", () => {
    // scipy.signal.sosfreqz(butter(6, 1000, fs=48000, output='sos'), [500, 1000, 4000], fs=48000)
    const sections = designButterworth({ type: "lowpass", order: 6, frequencyHz: 1000, sampleRate });
    const figures = [
      [500, 0.9998795120988896, -1.996534553526131],
      [1000, 0.707106781186546, 1.5707963267948888],
      [4000, 0.00021422076700390182, -2.189397018351202],
    ] as const;
    for (const [frequencyHz, magnitude, phase] of figures) {
      const response = frequencyResponse(sections, frequencyHz, sampleRate);
      close(response.magnitude, magnitude, 1e-12);
      close(response.phase, phase, 1e-10);
    }
  });

  for (const compiled of [false, true]) {
    it(`filter as SciPy's sosfilt does, ${compiled ? "compiled" : "in TypeScript"}`, () => {
      const lowpass = designButterworth({ type: "lowpass", order: 5, frequencyHz: 3000, sampleRate: 44100 });
      const highpass = designButterworth({ type: "highpass", order: 4, frequencyHz: 200, sampleRate });
      const low = sinesAndClicks();
      const high = sinesAndClicks();
      new BiquadCascade(lowpass, { compiled }).process([low]);
      new BiquadCascade(highpass, { compiled }).process([high]);
      assertFigures(
        low,
        [
          0.00046582519831511683, 0.13258562011225888, 0.45763518849204066, -0.4655239719826551,
          -0.06711670883857225,
        ],
      );
      assertFigures(
        high,
        [
          0.20017343155179837, 0.21781867387094622, -0.08692142974490447, 0.3478596128571301,
          0.40325150475598387,
        ],
      );
    });
  }
});

describe("A cascade of biquads", () => {
  const sections = designButterworth({ type: "lowpass", order: 7, frequencyHz: 5000, sampleRate });

  it("sounds the same compiled and in TypeScript, for any number of channels and any blocks", () => {
    for (const channels of [1, 2, 3, 5]) {
      const input = Array.from({ length: channels }, (_, channel) => noise(40000, channel + 1));
      const plain = input.map((samples) => samples.slice());
      const compiled = input.map((samples) => samples.slice());
      new BiquadCascade(sections, { channels, compiled: false }).process(plain);
      const cascade = new BiquadCascade(sections, { channels });
      assert.ok(cascade.isCompiled);
      inBlocks(compiled, 777, (block) => cascade.process(block));
      for (const [channel, samples] of compiled.entries()) {
        assert.ok(differenceDb(samples, plain[channel]!) < -140);
      }
    }
  });

  it("goes on where it was after another one has used the same memory, and more of it", () => {
    const input = noise(2000, 3);
    const plain = input.slice();
    new BiquadCascade(sections, { compiled: false }).process([plain]);
    const cascade = new BiquadCascade(sections);
    cascade.process([input.subarray(0, 1000)]);
    new BiquadCascade(sections, { channels: 2 }).process([noise(2_000_000), noise(2_000_000)]);
    cascade.process([input.subarray(1000)]);
    assert.ok(differenceDb(input, plain) < -140);
  });

  it("leaves its input alone when it is given another place for the output", () => {
    const input = noise(100);
    const output = new Float32Array(100);
    new BiquadCascade(sections).process([input], [output]);
    assert.deepEqual(input, noise(100));
    assert.notDeepEqual(output, input);
  });

  it("ends in silence, not in denormal numbers", () => {
    for (const compiled of [false, true]) {
      const cascade = new BiquadCascade(sections, { compiled });
      const sound = sine(1000, sampleRate, 4800);
      cascade.process([sound]);
      assert.ok(rmsDb(sound) > -4);
      const silence = new Float32Array(4800);
      for (let block = 0; block < 20; block += 1) cascade.process([silence.fill(0)]);
      assert.deepEqual(silence, new Float32Array(4800));
    }
  });

  it("says when a block has another number of channels", () => {
    assert.throws(
      () => new BiquadCascade(sections, { channels: 2 }).process([new Float32Array(4)]),
      /BiquadCascade was made for 2 channels and given 1: give channels: 1 where it is made\./,
    );
  });
});
