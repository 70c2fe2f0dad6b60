import assert from "node:assert/strict";
import {
  crestFactor,
  DecibelConverter,
  Downmixer,
  energy,
  fromDecibels,
  peak,
  plainEnergy,
  powerToDecibels,
  rms,
  StereoSums,
  toDecibels,
  ZeroCrossingCounter,
} from "waveflame";
import { assertClose, roughSignal } from "./spectrum/figures.ts";

describe("Levels", () => {
  it("are in decibels: 20 for an amplitude ten times as large, 10 for a power", () => {
    assert.equal(toDecibels(1), 0);
    assertClose(toDecibels(-0.1), -20, 1e-12);
    assertClose(toDecibels(0.5), -6.020599913279624, 1e-12);
    assertClose(powerToDecibels(0.25), -6.020599913279624, 1e-12);
    assertClose(fromDecibels(-6), 0.5011872336272722, 1e-15);
    assert.equal(fromDecibels(-Infinity), 0);
  });

  it("end at a floor where one is given", () => {
    assert.equal(toDecibels(0), -Infinity);
    assert.equal(toDecibels(0, -200), -200);
    assert.equal(toDecibels(1e-5, -80), -80);
    assert.equal(powerToDecibels(0, -100), -100);
  });
});

describe("The levels of many amplitudes", () => {
  for (const compiled of [true, false]) {
    const way = compiled ? "compiled" : "in TypeScript";

    it(`are those of each, ${way}`, () => {
      const converter = new DecibelConverter({ compiled });
      assert.equal(converter.isCompiled, compiled);
      const expected = Array.from({ length: 20_001 }, (_, n) => (n - 10_000) * 0.019);
      const levels = new Float32Array(expected.length);
      const amplitudes = expected.map((level, n) => (n % 2 === 0 ? 1 : -1) * 10 ** (level / 20));
      converter.convert(Float32Array.from(amplitudes), levels);
      for (const [n, level] of expected.entries()) assertClose(levels[n], level, 2e-5);
    });

    it(`end at the floor, and tell of what is no number, ${way}`, () => {
      const levels = Float32Array.of(
        0,
        1e-20,
        -1e-5,
        1e-4,
        NaN,
        Infinity,
        -Infinity,
        2 ** 127 * (2 - 2 ** -23),
      );
      new DecibelConverter({ floor: -90, compiled }).convert(levels, levels);
      for (const [n, level] of [-90, -90, -90, -80].entries()) assertClose(levels[n], level, 1e-5);
      assert.deepEqual([...levels.subarray(4, 7)], [NaN, Infinity, Infinity]);
      // The largest number of 32 bits: 128 octaves of 6.02 dB.
      assertClose(levels[7], 770.6367, 2e-4);
    });
  }

  it("are refused where there is no room for them, or no floor", () => {
    const converter = new DecibelConverter();
    assert.throws(() => {
      converter.convert(new Float32Array(3), new Float32Array(2));
    }, /3 amplitudes and room for 2 levels/);
    for (const floor of [NaN, -Infinity, -701, 701, Infinity])
      assert.throws(() => new DecibelConverter({ floor }), /give one from -700 to 700 dB/);
  });
});

describe("The energy of a signal", () => {
  it("is NumPy's mean square, quickly and plainly, at any length", () => {
    assertClose(energy(roughSignal(1000)), 0.33814889369904993, 1e-14);
    for (const length of [0, 1, 2, 3, 4, 5, 1003, 44100]) {
      const signal = Float32Array.from(roughSignal(length));
      assertClose(energy(signal), plainEnergy(signal), 1e-12 * plainEnergy(signal));
    }
    assert.equal(energy(new Float32Array(0)), 0);
  });

  it("gives a sine's effective value and crest factor", () => {
    const sine = Float32Array.from({ length: 1000 }, (_, n) => 0.5 * Math.sin((2 * Math.PI * n) / 100));
    assertClose(rms(sine), 0.5 / Math.SQRT2, 1e-8);
    assertClose(peak(sine), 0.5, 1e-8);
    assertClose(crestFactor(sine), Math.SQRT2, 1e-7);
    assert.equal(crestFactor(new Float32Array(10)), 1);
    assert.equal(peak(Float32Array.of(0.2, -0.7)), Math.fround(0.7));
  });
});

describe("One channel of many", () => {
  for (const compiled of [true, false]) {
    it(`is their mean, at any length, ${compiled ? "compiled" : "in TypeScript"}`, () => {
      const downmixer = new Downmixer({ compiled });
      assert.equal(downmixer.isCompiled, compiled);
      for (const length of [0, 1, 3, 4, 1001, 40_000]) {
        const left = Float32Array.from({ length }, (_, n) => n);
        const right = left.map((n) => 2 - 3 * n);
        const expected = left.map((n) => 1 - n);
        assert.deepEqual(downmixer.mix([left, right]).slice(), expected);
        assert.deepEqual(downmixer.mix([left, right, expected]).slice(), expected);
        assert.equal(downmixer.mix([left]), left);
      }
      assert.equal(downmixer.mix([]).length, 0);
    });
  }
});

describe("Zero crossings, block by block", () => {
  for (const compiled of [true, false]) {
    it(`are as many as NumPy counts, in whatever stretches, ${compiled ? "compiled" : "in TypeScript"}`, () => {
      const signal = Float32Array.from(roughSignal(1000));
      for (const length of [1000, 1, 2, 5, 33, 64]) {
        const counter = new ZeroCrossingCounter({ compiled });
        assert.equal(counter.isCompiled, compiled);
        for (let at = 0; at < signal.length; at += length) counter.add(signal.subarray(at, at + length));
        counter.add(new Float32Array(0));
        assert.equal(counter.count, 517);
      }
    });

    it(`go from below 0 to what isn't, ${compiled ? "compiled" : "in TypeScript"}`, () => {
      const counter = new ZeroCrossingCounter({ compiled });
      counter.add(Float32Array.of(-0, 1, 0, NaN, -1, NaN, -0, 0, -1));
      assert.equal(counter.count, 3);
      const long = new ZeroCrossingCounter({ compiled });
      long.add(Float32Array.from({ length: 100_000 }, (_, n) => (n % 2 === 0 ? 1 : -1)));
      assert.equal(long.count, 99_999);
    });
  }
});

describe("Sums of two channels", () => {
  for (const compiled of [true, false]) {
    const way = compiled ? "compiled" : "in TypeScript";

    it(`are those of a sine beside its cosine, whatever the stretches, ${way}`, () => {
      const turns = (n: number): number => (2 * Math.PI * 7 * n) / 20_000;
      const left = Float32Array.from({ length: 20_000 }, (_, n) => Math.sin(turns(n)) / 2);
      const right = Float32Array.from({ length: 20_000 }, (_, n) => Math.cos(turns(n)) / 4);
      const sums = new StereoSums({ compiled });
      assert.equal(sums.isCompiled, compiled);
      for (const lengths of [[20_000], [1, 2, 3, 7, 64, 1000, 18_923]]) {
        sums.reset();
        let at = 0;
        for (const length of lengths) {
          sums.add(left.subarray(at, at + length), right.subarray(at, at + length));
          at += length;
        }
        assert.ok(Math.abs(sums.leftLeft - 2500) < 1e-3);
        assert.ok(Math.abs(sums.rightRight - 625) < 1e-3);
        assert.ok(Math.abs(sums.leftRight) < 1e-3);
        assert.equal(sums.peak, 0.5);
      }
    });

    it(`tell of what is no number, ${way}`, () => {
      const sums = new StereoSums({ compiled });
      sums.add(Float32Array.of(1, -2, NaN, 1, NaN), new Float32Array(5));
      assert.ok(Number.isNaN(sums.leftRight));
      assert.equal(sums.peak, 2);
      assert.equal(sums.rightRight, 0);
    });
  }

  it("are refused for channels of different lengths", () => {
    assert.throws(
      () => {
        new StereoSums().add(new Float32Array(3), new Float32Array(2));
      },
      { message: "The left channel has 3 samples, the right one 2: give as many of both." },
    );
  });
});
