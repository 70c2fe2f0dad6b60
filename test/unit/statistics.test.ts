import assert from "node:assert/strict";
import { histogramOf, percentile, percentilesOf, shareError } from "../../src/core/statistics.ts";

describe("statistics", () => {
  it("give nearest-rank percentiles", () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    assert.equal(percentile(hundred, 0.5), 50);
    assert.equal(percentile(hundred, 0.99), 99);
    assert.equal(percentile(hundred, 1), 100);
    assert.equal(percentile([15, 20, 35, 40, 50], 0.4), 20);
    assert.equal(percentile([7], 0.01), 7);
    assert.equal(percentile([], 0.5), 0);
  });

  it("give percentiles of times in any order, which stay in their order", () => {
    const times = Float64Array.of(9, 1, 5, 3, 7);
    assert.deepEqual(percentilesOf(times), { p50: 5, p99: 9, max: 9 });
    assert.deepEqual([...times], [9, 1, 5, 3, 7]);
    assert.deepEqual(percentilesOf(new Float64Array()), { p50: 0, p99: 0, max: 0 });
  });

  it("count each time once, from the fastest to the slowest", () => {
    const { edgesMs, counts } = histogramOf(Float64Array.of(100, 0.01, 1.001, 0.999, 100));
    assert.equal(edgesMs.length, counts.length + 1);
    const within = (from: number, to: number): number =>
      counts.reduce(
        (sum, count, bin) => sum + ((edgesMs[bin] ?? 0) >= from && (edgesMs[bin + 1] ?? 0) <= to ? count : 0),
        0,
      );
    assert.ok(Math.abs((edgesMs[0] ?? 0) - 0.01) < 1e-12);
    assert.ok(Math.abs((edgesMs.at(-1) ?? 0) - 100) < 1e-9);
    assert.deepEqual([within(0.001, 0.1), within(0.5, 2), within(50, 101), within(0, 101)], [1, 2, 2, 5]);
    assert.deepEqual([counts[0], counts.at(-1)], [1, 2]);
  });

  it("have bins of equal ratio, so that usual and late blocks can both be told apart", () => {
    const { edgesMs } = histogramOf(Float64Array.of(0.1, 3, 50));
    const ratios = edgesMs.slice(1).map((edge, bin) => edge / (edgesMs[bin] ?? 0));
    for (const ratio of ratios) assert.ok(Math.abs(ratio - (ratios[0] ?? 0)) < 1e-9);
  });

  it("count times that are all alike, or too short for the clock, and none of none", () => {
    const all = (times: number[]): number =>
      histogramOf(Float64Array.from(times)).counts.reduce((sum, count) => sum + count, 0);
    assert.equal(all([2, 2, 2]), 3);
    assert.equal(all([0, 0]), 2);
    assert.deepEqual(histogramOf(new Float64Array()), { edgesMs: [], counts: [] });
  });

  it("give the half-width of a share's 95 % interval", () => {
    // 1.96 √(0.5 · 0.5 / 9604) is one point: the number of ticks that is usual in polls.
    assert.ok(Math.abs(shareError(0.5, 9604) - 0.01) < 1e-12);
    assert.ok(Math.abs(shareError(0.1, 900) - 0.0196) < 1e-12);
    assert.equal(shareError(0.2, 100), shareError(0.8, 100));
    assert.equal(shareError(0.5, 0), 1);
  });
});
