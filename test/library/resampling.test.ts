import assert from "node:assert/strict";
import { Oversampler, resample, Resampler } from "waveflame";
import { concatenated, differenceDb, inBlocks, noise, rmsDb, sine } from "../support/signals.ts";

/** Without the ends, where the filter sees silence before and after the sound. */
const middle = (samples: Float32Array): Float32Array =>
  samples.subarray(Math.floor(samples.length / 4), Math.ceil((3 * samples.length) / 4));

const RATES = [
  [44100, 48000],
  [48000, 44100],
  [8000, 48000],
  [48000, 16000],
  [44100, 192000],
  [192000, 44100],
  [11025, 8000],
] as const;

describe("A resampler", () => {
  for (const [from, to] of RATES) {
    it(`keeps a tone where it is, from ${from} to ${to} Hz`, () => {
      for (const compiled of [false, true]) {
        for (const frequencyHz of [100, Math.min(from, to) * 0.42]) {
          const [samples] = resample([sine(frequencyHz, from, from / 5, 0.9)], { from, to, compiled });
          const expected = sine(frequencyHz, to, samples!.length, 0.9);
          assert.ok(differenceDb(middle(samples!), middle(expected)) < -100);
        }
      }
    });
  }

  it("gives ⌈frames · to / from⌉ frames, for any length and any blocks", () => {
    for (const [from, to] of RATES) {
      for (const frames of [0, 1, 2, 999, 4410]) {
        for (const blockFrames of [1, 100, 4096]) {
          if (frames > 1000 && blockFrames === 1) continue;
          const resampler = new Resampler({ from, to });
          const parts: Float32Array[] = [];
          inBlocks([new Float32Array(frames)], blockFrames, (block) =>
            parts.push(...resampler.process(block)),
          );
          parts.push(...resampler.finish());
          assert.equal(concatenated(parts).length, Math.ceil((frames * to) / from));
        }
      }
    }
  });

  it("gives the same for any blocks, and nearly the same compiled as in TypeScript", () => {
    const input = [noise(40000, 1), noise(40000, 2)];
    for (const [from, to] of RATES) {
      const whole = resample(input, { from, to });
      const plain = resample(input, { from, to, compiled: false });
      const resampler = new Resampler({ from, to, channels: 2 });
      assert.ok(resampler.isCompiled);
      const parts: Float32Array[][] = [];
      inBlocks(input, 777, (block) => parts.push(resampler.process(block)));
      parts.push(resampler.finish());
      for (const channel of [0, 1]) {
        const inParts = concatenated(parts.map((part) => part[channel]!));
        assert.deepEqual(inParts, whole[channel]);
        assert.ok(differenceDb(inParts, plain[channel]!) < -120);
      }
    }
  });

  it("lets nothing through that the new rate can't hold", () => {
    for (const frequencyHz of [8000, 10000, 15900, 23000]) {
      const [samples] = resample([sine(frequencyHz, 48000, 24000)], { from: 48000, to: 16000 });
      assert.ok(rmsDb(middle(samples!)) < -105, `${frequencyHz} Hz: ${rmsDb(middle(samples!))} dB`);
    }
  });

  it("leaves a constant as it is", () => {
    const [samples] = resample([new Float32Array(4410).fill(0.5)], { from: 44100, to: 48000 });
    for (const sample of middle(samples!)) assert.ok(Math.abs(sample - 0.5) < 1e-6);
  });

  it("gives samples back as they are where both rates are one", () => {
    const input = [noise(5000, 1), noise(5000, 2)];
    for (const compiled of [false, true]) {
      const resampler = new Resampler({ from: 44100, to: 44100, channels: 2, compiled });
      const parts: Float32Array[][] = [];
      inBlocks(input, 777, (block) => parts.push(resampler.process(block)));
      parts.push(resampler.finish());
      for (const channel of [0, 1]) {
        assert.deepEqual(concatenated(parts.map((part) => part[channel]!)), input[channel]);
      }
      const [whole] = resample([input[0]!], { from: 44100, to: 44100, compiled });
      assert.deepEqual(whole, input[0]);
      assert.notEqual(whole!.buffer, input[0]!.buffer);
    }
    assert.throws(() => new Resampler({ from: 0.5, to: 0.5 }), /A sample rate of 0\.5 Hz/);
  });

  it("says which rates it can't do", () => {
    assert.throws(() => new Resampler({ from: 44100.5, to: 48000 }), /A sample rate of 44100\.5 Hz/);
    assert.throws(
      () => new Resampler({ from: 48000, to: 191999 }),
      /Resampling from 48000 to 191999 Hz would take \d+ coefficients: go by way of a rate/,
    );
  });
});

describe("An oversampler", () => {
  for (const factor of [2, 4] as const) {
    for (const compiled of [false, true]) {
      const how = compiled ? "compiled" : "in TypeScript";

      it(`draws the sound between the samples, ${factor} times, ${how}`, () => {
        const oversampler = new Oversampler({ factor, compiled });
        const input = sine(19000, 48000, 4800);
        const [samples] = oversampler.upsample([input]);
        assert.equal(samples!.length, factor * 4800);
        const delay = factor * oversampler.latencyFrames;
        const expected = sine(19000, factor * 48000, factor * 4800);
        assert.ok(
          differenceDb(
            samples!.subarray(delay + 1000, factor * 4800),
            expected.subarray(1000, factor * 4800 - delay),
          ) < -95,
        );
        const itself = input.map((_, i) => samples![delay + factor * i] ?? input[i]!);
        assert.ok(differenceDb(itself, input) < -140);
      });

      it(`returns the sound after ${factor} times and back, later by twice its latency, ${how}`, () => {
        const oversampler = new Oversampler({ factor, channels: 2, compiled });
        const input = [sine(1000, 48000, 4800), sine(20000, 48000, 4800)];
        const parts: Float32Array[][] = [];
        inBlocks(input, 100, (block) => parts.push(oversampler.downsample(oversampler.upsample(block))));
        for (const [channel, samples] of input.entries()) {
          const output = concatenated(parts.map((part) => part[channel]!));
          const delay = 2 * oversampler.latencyFrames;
          assert.ok(differenceDb(output.subarray(delay + 200), samples.subarray(200, 4800 - delay)) < -90);
        }
      });
    }
  }

  it("stops what doesn't fit into the lower rate", () => {
    for (const factor of [2, 4] as const) {
      const oversampler = new Oversampler({ factor });
      const [samples] = oversampler.downsample([sine(0.551 * 48000, factor * 48000, factor * 4800)]);
      assert.ok(rmsDb(middle(samples!)) < -98);
    }
  });
});
