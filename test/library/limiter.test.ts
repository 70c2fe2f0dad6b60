import assert from "node:assert/strict";
import { Limiter, LimiterGain, TruePeakMeter } from "waveflame";
import {
  concatenated,
  differenceDb,
  inBlocks,
  largest,
  noise,
  sine,
  sinesAndClicks,
} from "../support/signals.ts";

const sampleRate = 44100;
const close = (actual: number, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} isn't ${expected} ± ${tolerance}`);

const FRAMES = 40000;
/** An end cut off is a step, which overshoots between its samples whatever was limited. */
const silence = new Float32Array(1000);
/** What is hard on a limiter: far too loud, sudden, or between the samples. */
const HARD: Record<string, () => Float32Array> = {
  "loud noise": () => noise(FRAMES).map((x) => 4 * x),
  "bursts of noise": () => noise(FRAMES).map((x, i) => (Math.floor(i / 700) % 3 === 0 ? 8 * x : x / 2)),
  "single clicks": () => noise(FRAMES).map((x, i) => (i % 97 === 0 ? 20 * x : x / 2)),
  "random signs": () => noise(FRAMES).map((x, i) => Math.sign(x) * (1 + (3 * (i % 5000)) / 5000)),
  "a tone between the samples": () =>
    sine(sampleRate / 4, sampleRate, FRAMES, 1, Math.PI / 4).map((x, i) => x * (i % 600 < 300 ? 0.9 : 6)),
  "growing signs": () => noise(FRAMES).map((x, i) => Math.sign(x) * 0.8 * 1.03 ** (i % 441)),
};

const truePeak = (channels: readonly Float32Array[]): number => {
  const meter = new TruePeakMeter({ channels: channels.length, compiled: false });
  meter.push(channels);
  meter.finish();
  return meter.peakDb;
};

describe("A limiter", () => {
  for (const [name, make] of Object.entries(HARD)) {
    it(`never exceeds its ceiling: ${name}`, () => {
      for (const releaseMs of [1, 50]) {
        const samplePeak = [concatenated([make(), silence])];
        new Limiter({ sampleRate, releaseMs, truePeak: false }).process(samplePeak);
        assert.ok(largest(samplePeak[0]!) <= 10 ** (-1 / 20));
        for (const lookaheadMs of [1, 5]) {
          const between = [concatenated([make(), silence])];
          new Limiter({ sampleRate, releaseMs, lookaheadMs }).process(between);
          assert.ok(truePeak(between) <= -1, `${truePeak(between)} dBTP`);
        }
      }
    });
  }

  for (const compiled of [false, true]) {
    const how = compiled ? "compiled" : "in TypeScript";

    it(`gives NumPy's figures, ${how}`, () => {
      const sound = sinesAndClicks();
      const options = { ceilingDb: -6, lookaheadMs: 1, releaseMs: 10, truePeak: false };
      new Limiter({ sampleRate, ...options, compiled }).process([sound]);
      const figures = [
        [44, 0.16352036745071002],
        [50, -0.03520161892354705],
        [100, 0.2721577411108991],
        [200, 0.45075423978256746],
        [255, -0.13134387777621315],
      ] as const;
      for (const [at, expected] of figures) close(sound[at]!, expected, 1e-7);
    });

    it(`delays what is below the ceiling and changes nothing in it, ${how}`, () => {
      const input = [noise(3000, 1), noise(3000, 2)].map((samples) => samples.map((x) => x / 4));
      const output = input.map((samples) => samples.slice());
      const limiter = new Limiter({ sampleRate, channels: 2, compiled });
      assert.equal(limiter.latencyFrames, 221);
      inBlocks(output, 500, (block) => limiter.process(block));
      for (const [channel, samples] of output.entries()) {
        assert.deepEqual(samples.subarray(221), input[channel]!.subarray(0, 3000 - 221));
      }
    });

    it(`turns all channels down by one gain and lets go after the release, ${how}`, () => {
      const click = new Float32Array(22050);
      click[1000] = 2;
      const quiet = new Float32Array(22050).fill(0.25);
      new Limiter({ sampleRate, channels: 2, ceilingDb: 0, truePeak: false, compiled }).process([
        click,
        quiet,
      ]);
      close(click[1221]!, 1, 1e-6);
      close(quiet[1221]!, 0.125, 1e-6);
      // 50 ms after the click has left the window, averaged over the lookahead.
      const tau = 0.05 * sampleRate;
      const mean = (tau / 222) * (1 - Math.exp(-222 / tau));
      close(quiet[1221 + 221 + 2205]!, 0.25 * (1 - 0.5 * Math.exp(-1) * mean), 2e-4);
      assert.ok(quiet[22049]! > 0.2495);
    });
  }

  it("sounds the same compiled and in TypeScript, below −120 dBFS, for any blocks", () => {
    for (const truePeakOn of [false, true]) {
      for (const channels of [1, 2, 3]) {
        const input = Array.from({ length: channels }, (_, channel) =>
          noise(40000, channel + 1).map((x, i) => x * (i % 1500 < 300 ? 3 : 0.7)),
        );
        const plain = input.map((samples) => samples.slice());
        const options = { sampleRate, channels, truePeak: truePeakOn };
        new Limiter({ ...options, compiled: false }).process(plain);
        const limiter = new Limiter(options);
        assert.ok(limiter.isCompiled);
        inBlocks(input, 333, (block) => limiter.process(block));
        for (const [channel, samples] of input.entries()) {
          assert.ok(differenceDb(samples, plain[channel]!) < -120);
        }
      }
    }
  });

  it("says when it can't look far enough ahead to see a true peak come", () => {
    assert.throws(
      () => new Limiter({ sampleRate, lookaheadMs: 0.3 }),
      /A true-peak limiter can't do with a lookahead of 13 frames: give it 40 or more\./,
    );
  });
});

describe("The gain of a limiter", () => {
  it("is never above what the peak it meets allows", () => {
    const peaks = noise(5000).map((x) => 3 * Math.abs(x) ** 8);
    const gains = new Float32Array(peaks.length);
    const lookaheadFrames = 100;
    new LimiterGain({ ceiling: 0.5, lookaheadFrames, release: 0.999 }).process(peaks, gains);
    for (let i = lookaheadFrames; i < gains.length; i += 1) {
      assert.ok(gains[i]! * peaks[i - lookaheadFrames]! <= 0.5 * (1 + 1e-7));
    }
  });

  it("doesn't jump: a reduction is spread over the lookahead", () => {
    const peaks = new Float32Array(1000);
    peaks[500] = 2;
    const gains = new Float32Array(1000);
    new LimiterGain({ ceiling: 1, lookaheadFrames: 99, release: 0.999 }).process(peaks, gains);
    for (const [i, gain] of gains.entries()) {
      assert.ok(Math.abs(gain - (gains[i - 1] ?? 1)) <= 0.5 / 100 + 1e-6);
    }
    close(gains[599]!, 0.5, 1e-7);
  });
});
