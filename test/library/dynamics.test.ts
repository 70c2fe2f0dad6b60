import assert from "node:assert/strict";
import {
  BiquadCascade,
  Compressor,
  DelayLine,
  designBiquad,
  designButterworth,
  type Detector,
  EnvelopeFollower,
  framesIn,
  GainComputer,
  InterpolatedPeaks,
  Limiter,
  LoudnessMeter,
  MultichannelOverlapAdd,
  Resampler,
  SlidingMaximum,
  timeConstant,
  TruePeakMeter,
} from "waveflame";
import { differenceDb, inBlocks, largest, noise, sinesAndClicks } from "../support/signals.ts";

const sampleRate = 44100;
const close = (actual: number, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} isn't ${expected} ± ${tolerance}`);
const both = [false, true] as const;

describe("An envelope follower", () => {
  for (const compiled of both) {
    it(`has covered 1 − 1/e of a step after the attack, and fallen to 1/e after the release, ${compiled ? "compiled" : "in TypeScript"}`, () => {
      const follower = new EnvelopeFollower({ sampleRate: 48000, attackMs: 10, releaseMs: 100, compiled });
      const attack = new Float32Array(480).fill(1);
      follower.process([attack]);
      close(attack[479]!, 1 - 1 / Math.E, 1e-7);
      follower.process([new Float32Array(48000).fill(-1)]);
      const release = new Float32Array(4800);
      follower.process([release]);
      close(release[4799]!, 1 / Math.E, 1e-7);
    });

    it(`gives NumPy's figures for each detector, ${compiled ? "compiled" : "in TypeScript"}`, () => {
      const figures: Record<Detector, readonly number[]> = {
        peak: [
          0.009334519177145867, 0.05433851934786843, 0.29591761014943063, 0.3757298465408206,
          0.49105885558190393,
        ],
        rms: [
          0.0005263645162824435, 0.005749052433077009, 0.07025120281175694, 0.13629020155025454,
          0.2509993286388587,
        ],
        hybrid: [
          0.0031688109145414645, 0.020283006410710985, 0.13567050102363137, 0.19443776995599704,
          0.2992932799213984,
        ],
      };
      for (const detector of ["peak", "rms", "hybrid"] as const) {
        const level = sinesAndClicks();
        new EnvelopeFollower({ sampleRate, attackMs: 1, releaseMs: 10, detector, compiled }).process([level]);
        for (const [index, at] of [1, 10, 50, 100, 255].entries()) {
          close(level[at]!, figures[detector][index]!, 1e-7);
        }
      }
    });
  }

  it("is the same compiled and in TypeScript, also where the attack is longer than the release", () => {
    for (const [attackMs, releaseMs] of [
      [5, 80],
      [80, 5],
      [0, 50],
    ] as const) {
      const input = [noise(40000, 1), noise(40000, 2), noise(40000, 3)];
      const options = { sampleRate, attackMs, releaseMs, channels: 3 };
      const plain = input.map((samples) => samples.slice());
      new EnvelopeFollower({ ...options, compiled: false }).process(plain);
      const compiled = new EnvelopeFollower(options);
      inBlocks(input, 500, (block) => compiled.process(block));
      for (const [channel, level] of input.entries()) assert.ok(differenceDb(level, plain[channel]!) < -140);
    }
  });

  it("knows the mean and the highest of its levels, also without giving them", () => {
    for (const compiled of both) {
      for (const detector of ["peak", "hybrid"] as const) {
        const options = { sampleRate, attackMs: 1, releaseMs: 10, detector, channels: 3, compiled };
        const input = [noise(5000, 1), noise(5000, 2), new Float32Array(5000)];
        const follower = new EnvelopeFollower(options);
        inBlocks(input, 500, (block) => follower.push(block));
        assert.deepEqual(input[0], noise(5000, 1));
        new EnvelopeFollower(options).process(input);
        const levels = input.flatMap((level) => [...level]);
        close(follower.mean, levels.reduce((sum, level) => sum + level, 0) / levels.length, 1e-7);
        close(follower.highest, Math.max(...levels), 1e-7);
      }
    }
  });

  it("knows the time constant of its definition", () => {
    close(timeConstant(10, 1000), Math.exp(-0.1), 1e-15);
    assert.equal(timeConstant(0, 1000), 0);
    assert.equal(framesIn(5, 44100), 221);
    for (const make of [
      () => timeConstant(-1, 1000),
      () => framesIn(Infinity, 1000),
      () => new Limiter({ sampleRate: NaN }),
    ]) {
      assert.throws(make, /ms at a sample rate of (1000|NaN) Hz is no time/);
    }
  });
});

describe("A sliding maximum", () => {
  for (const method of ["van-herk", "deque"] as const) {
    it(`is the largest of the last values (${method})`, () => {
      const values = noise(500).map(Math.abs);
      for (const length of [1, 2, 7, 64, 600]) {
        const maxima = values.slice();
        const sliding = new SlidingMaximum({ length, method });
        inBlocks([maxima], 33, ([block]) => sliding.process(block!));
        for (const [i, maximum] of maxima.entries()) {
          assert.equal(maximum, Math.max(...values.subarray(Math.max(0, i - length + 1), i + 1)));
        }
      }
    });
  }

  it("says when its length isn't one", () => {
    assert.throws(() => new SlidingMaximum({ length: 0 }), /The maximum of 0 values can't be taken/);
  });
});

describe("A gain computer", () => {
  it("draws the curve of its threshold, ratio and knee", () => {
    const curve = new GainComputer({ thresholdDb: -18, ratio: 4, kneeDb: 2, makeupDb: 1 });
    assert.equal(curve.gainDb(-60), 1);
    assert.equal(curve.gainDb(-19), 1);
    // In the middle of the knee: (1/4 − 1) · 1² / 4.
    close(curve.gainDb(-18), 1 - 0.75 / 4, 1e-12);
    close(curve.gainDb(-17), 1 - 0.75, 1e-12);
    close(curve.gainDb(0), 1 - 0.75 * 18, 1e-12);
    assert.equal(curve.gainDb(-Infinity), 1);
  });

  it("turns levels into gains, compiled and in TypeScript", () => {
    const levels = Float32Array.from({ length: 1001 }, (_, i) => (i / 500) ** 4);
    for (const compiled of both) {
      const curve = new GainComputer({ thresholdDb: -18, ratio: 4, kneeDb: 6, makeupDb: 3, compiled });
      const gains = new Float32Array(levels.length);
      curve.process(levels, gains);
      for (const [i, gain] of gains.entries()) {
        close(gain, 10 ** (curve.gainDb(20 * Math.log10(levels[i]!)) / 20), 1e-6);
      }
    }
  });

  it("limits at a ratio of Infinity and bends at a corner without a knee", () => {
    const curve = new GainComputer({ thresholdDb: -6, ratio: Infinity });
    assert.equal(curve.gainDb(-6), 0);
    close(curve.gainDb(-2), -4, 1e-12);
  });

  it("refuses a ratio that would expand", () => {
    assert.throws(
      () => new GainComputer({ thresholdDb: 0, ratio: 0.5 }),
      /A compression ratio of 0\.5 expands/,
    );
  });
});

describe("A delay line", () => {
  it("gives each channel back so many frames later", () => {
    for (const frames of [0, 1, 5, 1000]) {
      const input = [noise(300, 1), noise(300, 2)];
      const output = input.map((samples) => samples.slice());
      const delay = new DelayLine(frames, { channels: 2 });
      inBlocks(output, 64, (block) => delay.process(block));
      for (const [channel, samples] of output.entries()) {
        for (const [i, x] of samples.entries()) assert.equal(x, input[channel]![i - frames] ?? 0);
      }
    }
  });
});

describe("What processes blocks", () => {
  it("says when a block has another number of channels", () => {
    const mono = [new Float32Array(4)];
    const made = {
      EnvelopeFollower: new EnvelopeFollower({ sampleRate, channels: 2, attackMs: 1, releaseMs: 1 }),
      Compressor: new Compressor({ sampleRate, channels: 2 }),
      Limiter: new Limiter({ sampleRate, channels: 2 }),
      Resampler: new Resampler({ from: 48000, to: 44100, channels: 2 }),
      DelayLine: new DelayLine(4, { channels: 2 }),
      BiquadCascade: new BiquadCascade([], { channels: 2 }),
    };
    for (const [name, processor] of Object.entries(made)) {
      assert.throws(() => processor.process(mono), {
        message: `${name} was made for 2 channels and given 1: give channels: 1 where it is made.`,
      });
    }
    const stereo = [new Float32Array(4), new Float32Array(4)];
    const byDefault = {
      LoudnessMeter: () => {
        new LoudnessMeter({ sampleRate }).push(stereo);
      },
      TruePeakMeter: () => {
        new TruePeakMeter().push(stereo);
      },
      InterpolatedPeaks: () => {
        new InterpolatedPeaks().process(stereo, new Float32Array(4));
      },
      MultichannelOverlapAdd: () => {
        new MultichannelOverlapAdd({ size: 4 }).process(stereo, () => undefined);
      },
    };
    for (const [name, push] of Object.entries(byDefault)) {
      assert.throws(push, {
        message: `${name} was made for 1 channel and given 2: give channels: 2 where it is made.`,
      });
    }
  });

  it("recovers from samples that are no numbers", () => {
    for (const compiled of both) {
      const options = { sampleRate, compiled };
      const sections = [designBiquad({ type: "highpass", frequencyHz: 100, sampleRate })];
      const made = [
        new BiquadCascade(sections, { compiled }),
        new EnvelopeFollower({ ...options, attackMs: 1, releaseMs: 1 }),
        new Compressor(options),
        new Limiter(options),
      ];
      for (const processor of made) {
        const spoilt = noise(1000);
        spoilt.set([NaN, Infinity, -Infinity], 500);
        processor.process([spoilt]);
        processor.process([noise(1000)]);
        const later = noise(1000).map((x) => 2 * x);
        processor.process([later]);
        assert.ok(later.every(Number.isFinite));
        assert.ok(largest(later) > 0.1);
        if (processor instanceof Limiter) assert.ok(largest(later) <= 10 ** (-1 / 20));
      }
    }
  });

  it("sounds, after blocks of nothing but no numbers, as after silence", () => {
    const sections = designButterworth({ type: "highpass", order: 4, frequencyHz: 100, sampleRate });
    const times = { attackMs: 1, releaseMs: 10 };
    for (const compiled of both) {
      const options = { sampleRate, channels: 2, compiled };
      const makers = [
        () => new BiquadCascade(sections, options),
        ...(["peak", "rms", "hybrid"] as const).flatMap((detector) => [
          () => new EnvelopeFollower({ ...options, ...times, detector }),
          () => new Compressor({ ...options, ...times, detector }),
        ]),
        () => new Limiter({ ...options, releaseMs: 10 }),
        () => new Limiter({ ...options, releaseMs: 10, truePeak: false }),
      ];
      for (const make of makers) {
        for (const bad of [NaN, Infinity, -Infinity]) {
          const [spoilt, silent] = [make(), make()];
          // One channel is enough to spoil what is linked.
          spoilt.process([new Float32Array(512).fill(bad), noise(512)]);
          silent.process([new Float32Array(512), new Float32Array(512)]);
          const sound = [noise(50_000, 1), noise(50_000, 2)].map((samples) => samples.map((x) => 2 * x));
          const expected = sound.map((samples) => samples.slice());
          inBlocks(sound, 512, (block) => spoilt.process(block));
          inBlocks(expected, 512, (block) => silent.process(block));
          for (const [channel, samples] of sound.entries()) {
            const later = samples.subarray(40_000);
            assert.ok(largest(later) > 0.1 && later.every(Number.isFinite));
            assert.ok(differenceDb(later, expected[channel]!.subarray(40_000)) < -100);
          }
        }
      }
    }
  });

  it("takes blocks without frames", () => {
    for (const compiled of both) {
      const empty = [new Float32Array(0)];
      new EnvelopeFollower({ sampleRate, attackMs: 1, releaseMs: 1, compiled }).process(empty);
      new Compressor({ sampleRate, compiled }).process(empty);
      new Limiter({ sampleRate, compiled }).process(empty);
      assert.equal(new Resampler({ from: 48000, to: 44100, compiled }).process(empty)[0]!.length, 0);
    }
  });
});

describe("A compressor", () => {
  for (const compiled of both) {
    it(`gives NumPy's figures, ${compiled ? "compiled" : "in TypeScript"}`, () => {
      const sound = sinesAndClicks();
      new Compressor({ sampleRate, attackMs: 1, releaseMs: 10, lookaheadMs: 1, compiled }).process([sound]);
      const figures = [
        [44, 0.10935607043830133],
        [50, -0.023931744580027677],
        [100, 0.1766084889546032],
        [200, 0.26470699495406874],
        [255, -0.07372680443610759],
      ] as const;
      for (const [at, expected] of figures) close(sound[at]!, expected, 2e-7);
    });

    it(`delays by its lookahead and leaves quiet sound as it is, ${compiled ? "compiled" : "in TypeScript"}`, () => {
      const compressor = new Compressor({ sampleRate, channels: 2, compiled });
      assert.equal(compressor.latencyFrames, 221);
      const quiet = [noise(2000, 1), noise(2000, 2)].map((samples) => samples.map((x) => x / 100));
      const output = quiet.map((samples) => samples.slice());
      inBlocks(output, 100, (block) => compressor.process(block));
      for (const [channel, samples] of output.entries()) {
        const expected = samples.map((_, i) => quiet[channel]![i - 221] ?? 0);
        assert.ok(differenceDb(samples, expected) < -150);
      }
    });

    it(`turns all channels down by the gain of the loudest, ${compiled ? "compiled" : "in TypeScript"}`, () => {
      const channels = [new Float32Array(44100).fill(1), new Float32Array(44100).fill(0.01)];
      new Compressor({ sampleRate, channels: 2, compiled }).process(channels);
      // 18 dB above the threshold at 4 : 1.
      const gain = 10 ** (-13.5 / 20);
      close(channels[0]![44099]!, gain, 1e-6);
      close(channels[1]![44099]!, gain * 0.01, 1e-8);
    });
  }

  it("sounds the same compiled and in TypeScript, below −120 dBFS, for each detector and any blocks", () => {
    for (const detector of ["peak", "rms", "hybrid"] as const) {
      for (const channels of [1, 2, 3]) {
        const input = Array.from({ length: channels }, (_, channel) => noise(20000, channel + 1));
        const plain = input.map((samples) => samples.slice());
        new Compressor({ sampleRate, channels, detector, compiled: false }).process(plain);
        const compressor = new Compressor({ sampleRate, channels, detector });
        assert.ok(compressor.isCompiled);
        inBlocks(input, 333, (block) => compressor.process(block));
        for (const [channel, samples] of input.entries()) {
          assert.ok(differenceDb(samples, plain[channel]!) < -120);
        }
      }
    }
  });
});
