import assert from "node:assert/strict";
import { applyGain, changeWidth, correlation, CorrelationMeter, fromMidSide, toMidSide } from "waveflame";
import { differenceDb, inBlocks, noise } from "../support/signals.ts";

const close = (actual: number, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} isn't ${expected} ± ${tolerance}`);

const mixed = (a: Float32Array, b: Float32Array): Float32Array => a.map((x, i) => x + b[i]!);

describe("Mid and side", () => {
  it("are half the sum and half the difference, and lead back", () => {
    const left = new Float32Array([1, 0.5, -1]);
    const right = new Float32Array([1, -0.5, 0]);
    toMidSide(left, right);
    assert.deepEqual([...left, ...right], [1, 0, -0.5, 0, 0.5, -0.5]);
    fromMidSide(left, right);
    assert.deepEqual([...left, ...right], [1, 0.5, -1, 1, -0.5, 0]);
  });

  it("make the width: nothing at 1, one channel at 0, a wider difference above", () => {
    const width = (factor: number): Float32Array[] => {
      const channels = [noise(100, 1), noise(100, 2)];
      changeWidth(channels[0]!, channels[1]!, factor);
      return channels;
    };
    assert.deepEqual(width(1), [noise(100, 1), noise(100, 2)]);
    const [left, right] = width(0);
    assert.deepEqual(left, right);
    const [wideLeft, wideRight] = width(2);
    const difference = noise(100, 1).map((l, i) => 2 * (l - noise(100, 2)[i]!));
    assert.ok(
      differenceDb(
        wideLeft!.map((l, i) => l - wideRight![i]!),
        difference,
      ) < -120,
    );
  });
});

describe("The correlation of two channels", () => {
  it("is NumPy's", () => {
    // numpy.corrcoef([1, 2, 3, 5], [2, 1, 4, 4])
    close(
      correlation(new Float32Array([1, 2, 3, 5]), new Float32Array([2, 1, 4, 4])),
      0.7481900559272088,
      1e-12,
    );
  });

  it("is 1 for the same, −1 for the opposite, near 0 for strangers, 0 where a channel is constant", () => {
    const left = noise(20000, 1);
    close(correlation(left, left), 1, 1e-12);
    close(
      correlation(
        left,
        left.map((x) => 0.5 - 2 * x),
      ),
      -1,
      1e-9,
    );
    close(correlation(left, noise(20000, 2)), 0, 0.02);
    assert.equal(correlation(left, new Float32Array(20000).fill(0.1)), 0);
    assert.equal(correlation(new Float32Array(0), new Float32Array(0)), 0);
  });

  it("is the same block by block", () => {
    const meter = new CorrelationMeter();
    const channels = [noise(5000, 1), mixed(noise(5000, 1), noise(5000, 3))];
    inBlocks(channels, 333, ([left, right]) => meter.push(left!, right!));
    close(meter.correlation, correlation(channels[0]!, channels[1]!), 1e-12);
  });

  it("leaves out a block with a sample that is no number", () => {
    const [left, right] = [noise(5000, 1), mixed(noise(5000, 1), noise(5000, 3))];
    for (const bad of [NaN, Infinity]) {
      const meter = new CorrelationMeter();
      meter.push(left, right);
      meter.push(Float32Array.of(0.5, bad), Float32Array.of(0.5, 0.25));
      meter.push(Float32Array.of(0.5, 0.25), Float32Array.of(bad, 0.5));
      assert.equal(meter.correlation, correlation(left, right));
    }
  });
});

describe("A gain", () => {
  it("multiplies all channels", () => {
    const channels = [new Float32Array([1, -0.5]), new Float32Array([0.25, 0])];
    applyGain(channels, 2);
    assert.deepEqual(channels, [new Float32Array([2, -1]), new Float32Array([0.5, 0])]);
  });
});
