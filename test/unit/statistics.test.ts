import assert from "node:assert/strict";
import { Durations } from "../../src/core/durations.ts";
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

  it("give percentiles of times in any order, to 0.04 %; the longest exactly", () => {
    const { p50, p99, max } = percentilesOf(Durations.of([9, 1, 5, 3, 7]));
    assert.ok(Math.abs(p50 / 5 - 1) < 0.0004);
    assert.deepEqual([p99, max], [9, 9]);
    const thousand = Durations.of(Array.from({ length: 1000 }, (_, index) => (1000 - index) / 1000));
    for (const p of [0.01, 0.5, 0.9, 0.99])
      assert.ok(Math.abs(thousand.percentile(p) / p - 1) < 0.0004, `${p}`);
    assert.deepEqual(percentilesOf(new Durations()), { p50: 0, p99: 0, max: 0 });
  });

  it("give exactly how many times there were, their sum, the shortest and the longest, from no time to a day", () => {
    const { count, sum, least, most } = Durations.of([0, 1.5]).with([86_400_000, 0.25]);
    assert.deepEqual([count, sum, least, most], [4, 86_400_001.75, 0, 86_400_000]);
    assert.equal(Durations.of([2, 2, 2]).percentile(0.5), 2);
  });

  it("count each time once, from the fastest to the slowest", () => {
    const { edgesMs, counts } = histogramOf(Durations.of([100, 0.01, 1.001, 0.999, 100]));
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
    const { edgesMs } = histogramOf(Durations.of([0.1, 3, 50]));
    const ratios = edgesMs.slice(1).map((edge, bin) => edge / (edgesMs[bin] ?? 0));
    for (const ratio of ratios) assert.ok(Math.abs(ratio - (ratios[0] ?? 0)) < 1e-9);
  });

  it("count times that are all alike, or too short for the clock, and none of none", () => {
    const all = (times: number[]): number =>
      histogramOf(Durations.of(times)).counts.reduce((sum, count) => sum + count, 0);
    assert.equal(all([2, 2, 2]), 3);
    assert.equal(all([0, 0]), 2);
    assert.deepEqual(histogramOf(new Durations()), { edgesMs: [], counts: [] });
  });

  it("give the half-width of a share's 95 % interval", () => {
    // 1.96 √(0.5 · 0.5 / 9604) is one point: the number of ticks that is usual in polls.
    assert.ok(Math.abs(shareError(0.5, 9604) - 0.01) < 1e-12);
    assert.ok(Math.abs(shareError(0.1, 900) - 0.0196) < 1e-12);
    assert.equal(shareError(0.2, 100), shareError(0.8, 100));
    assert.equal(shareError(0.5, 0), 1);
  });
});
