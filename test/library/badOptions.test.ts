import assert from "node:assert/strict";
import {
  BiquadCascade,
  Compressor,
  type CompressorOptions,
  DelayLine,
  designBiquad,
  designButterworth,
  EnvelopeFollower,
  GainComputer,
  InterpolatedPeaks,
  Limiter,
  LimiterGain,
  type LimiterOptions,
  LoudnessMeter,
  Oversampler,
  Resampler,
} from "waveflame";

const sampleRate = 44100;
const NO_CHANNELS = "The number of channels is 0: give a whole number from 1 to 1073741824.";
const noTime = (ms: number): string =>
  `${ms} ms at a sample rate of 44100 Hz is no time: give milliseconds from 0 and a rate above 0.`;

/** As parameters of a run come in: any text, any number. */
const any = (value: unknown): never => value as never;

describe("What can't be made is refused in one sentence, compiled as in TypeScript", () => {
  for (const compiled of [false, true]) {
    const how = compiled ? "compiled" : "in TypeScript";
    const refused = (made: string, make: () => unknown, message: string): void => {
      it(`${made}, ${how}: ${message}`, () => {
        assert.throws(make, { name: "RangeError", message });
      });
    };

    const compressor = (options: Partial<CompressorOptions>, message: string): void =>
      refused("a compressor", () => new Compressor({ sampleRate, compiled, ...options }), message);
    compressor({ ratio: 0.5 }, "A compression ratio of 0.5 expands: give 1 or more.");
    compressor({ ratio: NaN }, "A compression ratio of NaN expands: give 1 or more.");
    compressor({ kneeDb: -1 }, "A knee of -1 dB can't be drawn: give 0 or more.");
    compressor({ thresholdDb: NaN }, "The threshold in dB is NaN: give a finite number.");
    compressor({ makeupDb: Infinity }, "The make-up gain in dB is Infinity: give a finite number.");
    compressor({ attackMs: -1 }, noTime(-1));
    compressor({ releaseMs: NaN }, noTime(NaN));
    compressor({ lookaheadMs: -5 }, noTime(-5));
    compressor({ averagingMs: -2 }, noTime(-2));
    compressor(
      { sampleRate: 0 },
      "5 ms at a sample rate of 0 Hz is no time: give milliseconds from 0 and a rate above 0.",
    );
    compressor(
      { detector: any("loudness") },
      'There is no detector "loudness": give one of "peak", "rms", "hybrid".',
    );
    compressor({ channels: 0 }, NO_CHANNELS);

    const limiter = (options: Partial<LimiterOptions>, message: string): void =>
      refused("a limiter", () => new Limiter({ sampleRate, compiled, ...options }), message);
    limiter({ ceilingDb: NaN }, "The ceiling in dB is NaN: give a finite number.");
    limiter({ lookaheadMs: -1, truePeak: false }, noTime(-1));
    limiter(
      { lookaheadMs: 0.3 },
      "A true-peak limiter can't do with a lookahead of 13 frames: give it 40 or more.",
    );
    limiter({ releaseMs: NaN }, noTime(NaN));
    limiter({ channels: 0 }, NO_CHANNELS);

    const sections = [{ b0: 1, b1: 0, b2: NaN, a1: 0, a2: 0 }];
    refused(
      "a cascade",
      () => new BiquadCascade(sections, { compiled }),
      "Coefficient b2 of section 0 is NaN: give a finite number.",
    );
    refused("a cascade", () => new BiquadCascade([], { compiled, channels: 0 }), NO_CHANNELS);
    const times = { sampleRate, attackMs: 1, releaseMs: 1 };
    refused(
      "an envelope follower",
      () => new EnvelopeFollower({ ...times, compiled, channels: 0 }),
      NO_CHANNELS,
    );
    refused(
      "a gain computer",
      () => new GainComputer({ thresholdDb: NaN, ratio: 2, compiled }),
      "The threshold in dB is NaN: give a finite number.",
    );
    refused(
      "a resampler",
      () => new Resampler({ from: 44100, to: 48000, channels: NaN, compiled }),
      "The number of channels is NaN: give a whole number from 0 to 1073741824.",
    );
    refused(
      "an oversampler",
      () => new Oversampler({ factor: any(3), compiled }),
      "A sample rate can't be raised to 3 times here: give 2 or 4.",
    );
    refused("interpolated peaks", () => new InterpolatedPeaks({ channels: 0, compiled }), NO_CHANNELS);
    refused(
      "a loudness meter",
      () => new LoudnessMeter({ sampleRate, channelWeights: [NaN], compiled }),
      "The weight of a channel is NaN: give a finite number.",
    );
    refused(
      "a loudness meter",
      () => new LoudnessMeter({ sampleRate: NaN, compiled }),
      "A filter can't be made at a sample rate of NaN Hz: give one above 0.",
    );
  }
});

describe("What can't be designed is refused in one sentence", () => {
  const filter = { type: "peaking", sampleRate, frequencyHz: 100 } as const;
  const gain = { ceiling: 0.5, lookaheadFrames: 4, release: 0.9 };
  const cases: [make: () => unknown, message: string][] = [
    [() => designBiquad({ ...filter, q: NaN }), "The Q of a filter is NaN: give one above 0."],
    [() => designBiquad({ ...filter, q: Infinity }), "The Q of a filter is Infinity: give one above 0."],
    [
      () => designBiquad({ ...filter, gainDb: NaN }),
      "The gain of a filter in dB is NaN: give a finite number.",
    ],
    [
      () => designBiquad({ ...filter, type: any("bell") }),
      'There is no type of biquad "bell": give one of "lowpass", "highpass", "bandpass", "notch", "allpass", "peaking", "lowshelf", "highshelf".',
    ],
    [
      () => designButterworth({ ...filter, order: 2, type: any("bandpass") }),
      'There is no type of Butterworth filter "bandpass": give one of "lowpass", "highpass".',
    ],
    [
      () => new LimiterGain({ ...gain, ceiling: 0 }),
      "A limiter's ceiling is 0: give a finite number above 0.",
    ],
    [
      () => new LimiterGain({ ...gain, release: 1 }),
      "A limiter keeps 1 of a reduction: give a number from 0 to below 1.",
    ],
    [
      () => new LimiterGain({ ...gain, lookaheadFrames: 1.5 }),
      "A limiter's lookahead in frames is 1.5: give a whole number from 0 to 1073741824.",
    ],
    [
      () => new LimiterGain({ ...gain, holdFrames: 5 }),
      "A limiter can't look 4 frames ahead and hold a gain for 5 before a peak: give it a longer lookahead.",
    ],
    [() => new DelayLine(4, { channels: 0 }), NO_CHANNELS],
  ];
  for (const [make, message] of cases) {
    it(message, () => assert.throws(make, { name: "RangeError", message }));
  }

  it("what is left undefined is as if it weren't there", () => {
    const undefinedOnes = { ratio: undefined, attackMs: undefined, thresholdDb: undefined };
    const input = (): Float32Array => Float32Array.from({ length: 2000 }, (_, i) => Math.sin(i / 10));
    const [given, left] = [input(), input()];
    new Compressor(any({ sampleRate, ...undefinedOnes })).process([given]);
    new Compressor({ sampleRate }).process([left]);
    assert.deepEqual(given, left);
  });
});
